"""Invented numbers with right check digits, the same for the same seed: for the demo, the samples and the tests."""

from datetime import date
from random import Random

from expertgate.forms import bank, permanent, resident, uscc

_DIGITS = "0123456789"


class Numbers:
    """A source of invented numbers; nobody's, though each would pass its check."""

    def __init__(self, seed: int | str = 0) -> None:
        self.random = Random(seed)  # noqa: S311 - invented data, not a secret
        self._orders: dict[tuple[str, date], list[int]] = {}

    def resident_id(self, birth: date = date(1985, 6, 15), region: str = "130403", sequence: int | None = None) -> str:
        """Make a citizen's number."""
        order = self._order(region, birth) if sequence is None else sequence
        first17 = f"{region}{birth:%Y%m%d}{order:03d}"
        return first17 + resident.check_character(first17)

    def begin_again(self, seed: int | str) -> None:
        """Make from now on what a new source with this seed would make."""
        self.random.seed(seed)
        self._orders.clear()

    def _order(self, region: str, birth: date) -> int:
        """Return a number of order that nobody born there on that day has yet, as long as there is one."""
        left = self._orders.setdefault((region, birth), [])
        if not left:
            left += self.random.sample(range(1, 1000), 999)
        return left.pop()

    def residence_permit(self, birth: date = date(1990, 2, 3), place: str = "810000") -> str:
        """Make a number of 港澳台居民居住证."""
        return self.resident_id(birth, place)

    def permanent_resident(self, birth: date = date(1981, 8, 3), province: str = "11", nationality: str = "124") -> str:
        """Make a number of the permanent residence card of 2023."""
        return self.resident_id(birth, f"9{province}{nationality}")

    def old_permanent_resident(self, birth: date = date(1981, 8, 3), nationality: str = "CAN", region: str = "1100") -> str:
        """Make a number of the permanent residence card before 2023."""
        first14 = f"{nationality}{region}{birth:%y%m%d}{self.random.randrange(10)}"
        return first14 + permanent.check_digit(first14)

    def uscc(self, head: str = "91", region: str = "130400") -> str:
        """Make a credit code whose inner organisation code is right as well."""
        while True:
            inner = "".join(self.random.choices(_DIGITS + "ABCDEFGH", k=8))
            inner += uscc.organisation_check(inner)
            if inner[-1] in uscc.ALPHABET:
                return head + region + inner + uscc.check_character(head + region + inner)

    def mobile(self, prefix: str = "139") -> str:
        """Make a mainland mobile as people type it."""
        return prefix + self._digits(11 - len(prefix))

    def cnaps(self, bank_code: str = "102", city: str = "1270") -> str:
        """Make a bank branch code."""
        first11 = bank_code + city + self._digits(11 - len(bank_code) - len(city))
        return first11 + bank.cnaps_check(first11)

    def bank_card(self, prefix: str = "621700", length: int = 19) -> str:
        """Make a personal bank card."""
        digits = prefix + self._digits(length - 1 - len(prefix))
        return digits + bank.luhn_check(digits)

    def unit_account(self, length: int = 19) -> str:
        """Make an account of a unit."""
        return "0402" + self._digits(length - 4)

    def social_card(self) -> str:
        """Make a social security card number."""
        return self.random.choice("ABCDEFGHJKLMNPQR") + self._digits(8)

    def passport(self) -> str:
        """Make a passport number."""
        return self.random.choice("EGP") + self._digits(8)

    def hk_macao_permit(self) -> str:
        """Make a number of 港澳居民来往内地通行证."""
        return self.random.choice("HM") + self._digits(8)

    def taiwan_permit(self) -> str:
        """Make a number of 台湾居民来往大陆通行证."""
        return self._digits(8)

    def landline(self, area: str = "0310") -> str:
        """Make a landline as the forms want it."""
        return f"{area}-{self.random.randrange(2, 9)}{self._digits(6)}"

    def _digits(self, count: int) -> str:
        return "".join(self.random.choices(_DIGITS, k=count))
