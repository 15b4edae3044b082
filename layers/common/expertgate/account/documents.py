"""Reading the documents of a form: number by type, validity, social security card; all problems of the form together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import cast

from expertgate.account.model import HeldDocument, LegalRepresentative, MainAgent, SocialCardData
from expertgate.account.requests.fields import DocumentFields, SocialCardFields, Validity
from expertgate.account.requests.registration import MainAgentFields, RepresentativeFields
from expertgate.forms.bank import parse_social_card
from expertgate.forms.documents import Document, DocumentType, parse_document
from expertgate.forms.gathering import Gathering
from expertgate.forms.problems import FieldProblem
from expertgate.forms.validity import Validity as Span
from expertgate.forms.validity import parse_validity

type Odd = tuple[str, str]  # field, rule


class Papers:
    """The documents of one form as read on one day."""

    def __init__(self, today: date) -> None:
        """Begin with nothing read."""
        self._today = today
        self._gathering = Gathering()
        self.odd: list[Odd] = []

    def document(self, typed: DocumentFields, at: str = "") -> HeldDocument:
        """Read type and number."""
        return cast("HeldDocument", self._held(typed, at)[1])

    def personal(self, typed: DocumentFields, card: SocialCardFields | None, validity: Validity | None) -> HeldDocument:
        """Read a person's own document with all that belongs to it (ACC-02, ACC-19)."""
        document, held = self._held(typed, "")
        held = self._with_validity(held, document, validity, "")
        if typed.document_type is DocumentType.SOCIAL_SECURITY_CARD:
            read = self._gathering.attempt("social_card.card_or_account", _social_card, card)
            held = replace(held, social_card=read) if held is not None else None
        return cast("HeldDocument", held)

    def representative(self, typed: RepresentativeFields, at: str) -> LegalRepresentative:
        """Read the legal representative; his type must be chosen (ID-07)."""
        document, held = self._held(typed, f"{at}.")
        held = self._with_validity(held, document, typed.validity, f"{at}.")
        kind = self._gathering.read(f"{at}.type", _chosen, typed.type)
        return LegalRepresentative(typed.name, cast("HeldDocument", held), kind)

    def main_agent(self, typed: MainAgentFields, at: str, mobile: str | None) -> MainAgent:
        """Read the main agent; the account's mobile is his unless he has one of his own, which he needs where it has none."""
        reached = self._gathering.read(f"{at}.mobile", _reached, typed.mobile, mobile)
        return MainAgent(typed.name, self.document(typed, f"{at}."), reached)

    def read[**Given, Value](self, field: str, parse: Callable[Given, Value], *args: Given.args, **kwargs: Given.kwargs) -> Value:
        """Read another field of the same form."""
        return self._gathering.read(field, parse, *args, **kwargs)

    def settle(self) -> None:
        """Refuse the form if anything was broken."""
        self._gathering.settle()

    def _held(self, typed: DocumentFields, at: str) -> tuple[Document | None, HeldDocument | None]:
        field = f"{at}document_number"
        document = self._gathering.attempt(
            field, parse_document, typed.document_type, typed.document_number, self._today, continent=typed.continent
        )
        if document is None:
            return None, None
        self.odd += [(field, rule) for rule in document.warnings]
        return document, HeldDocument.of(document)

    def _with_validity(
        self, held: HeldDocument | None, document: Document | None, validity: Validity | None, at: str
    ) -> HeldDocument | None:
        if validity is None:
            return held
        read = self._gathering.attempt(
            f"{at}validity.start",
            _validity,
            validity,
            self._today,
            document.birth if document is not None and document.type is DocumentType.RESIDENT_ID else None,
        )
        if read is None or held is None:
            return None
        self.odd += [(f"{at}validity", rule) for rule in read.warnings]
        return replace(held, valid_from=read.start, valid_to=read.end)


def _validity(typed: Validity, today: date, birth: date | None) -> Span:
    try:
        return parse_validity(typed.start, today, end=typed.end, term=typed.term, birth=birth)
    except FieldProblem as exc:
        raise exc.at(exc.field.removeprefix("validity_")) from exc


def _social_card(card: SocialCardFields | None) -> SocialCardData:
    if card is None:
        raise FieldProblem("social_card_required")
    read = parse_social_card(card.card_or_account, card.province)
    return SocialCardData(read.card_number, read.bank_account, read.province)


def _reached(own: str | None, accounts: str | None) -> str:
    mobile = own or accounts
    if mobile is None:
        raise FieldProblem("missing")
    return mobile


def _chosen[Chosen](kind: Chosen | None) -> Chosen:
    if kind is None:
        raise FieldProblem("representative_type_required")
    return kind
