"""What fields of this name take wherever they are asked for: their schemas are wider, so that a rule may say what is wrong."""

from typing import Any, Final

from expertgate.forms.passwords import POLICY, Occasion
from expertgate.forms.user_names import LONGEST

_FIRST, _LATER = POLICY[Occasion.REGISTRATION], POLICY[Occasion.RESET]
_CHOSEN: Final = (
    f"{_FIRST.least} to {_FIRST.most} characters at registration, {_LATER.least} to {_LATER.most} afterwards, with upper case, "
    "lower case and a digit; signs such as @ # * are welcome, punctuation and blanks are refused (rules `password_…`)"
)
_LANDLINE: Final = "区号-电话号, as in 010-88888888, an extension after another hyphen (rule `landline_form`)"
_TAKES: Final = {
    "password": "As it was chosen; blanks count",
    "password_confirmation": "The same once more (rule `password_differs`)",
    "user_name": f"Digits, letters and underscores, at most {LONGEST}; upper and lower case are the same (rule `user_name_form`)",
    "mobile": "A mainland mobile: 11 digits, with or without +86 (rule `mobile_form`)",
    "uscc": "18 characters, the last one a check character (GB 32100; rules `uscc_…`)",
    "document_number": "As on the document; where its type is asked for too, read by the rule of that type",
    "email": "An e-mail address (rule `email_form`)",
    "landline": _LANDLINE,
    "fax": _LANDLINE,
    "cnaps_code": "开户行联行号: 12 digits with their check (rules `cnaps_…`)",
    "bank_account": "A unit's account: 6 to 32 digits, no check digit (rule `bank_account_form`)",
    "postcode": "6 digits (rule `postcode_form`)",
    "assets": "万元: digits, at most 6 decimal places (rule `money_form`)",
}


def explain(models: dict[str, Any]) -> None:
    """Say of each field of a request that has a rule of its own what it takes, unless its model does."""
    for model in models.values():
        if model.get("additionalProperties") is not False:
            continue  # an answer
        members = model["properties"]
        for name in members.keys() & _TAKES.keys():
            takes = _CHOSEN if name == "password" and "password_confirmation" in members else _TAKES[name]
            members[name] = {"description": takes, **members[name]}
