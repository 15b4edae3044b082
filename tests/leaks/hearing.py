"""Who was told whose number: every answer of a run is compared with what its caller had typed himself."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

NUMBERS = {"bank_account", "document_number", "email", "landline", "mobile"}
# What an official who holds a case must see in full, and nobody else.
_AT_THE_DESK = "/v1/cases/"
_SHORTEST = 7


def numbers_in(document: Any) -> Iterator[str]:
    """Yield the full numbers of people in a request or an answer."""
    if isinstance(document, list):
        for one in document:
            yield from numbers_in(one)
    elif isinstance(document, dict):
        for name, value in document.items():
            if name in NUMBERS and isinstance(value, str) and "*" not in value and len(value) >= _SHORTEST:
                yield value
            else:
                yield from numbers_in(value)


class Ears:
    """Remembers what each caller typed, and what was answered to whom."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self.typed: defaultdict[str, set[str]] = defaultdict(set)
        self._holders: dict[str, str] = {}
        self._forms: list[set[str]] = []
        self.answers: list[tuple[str, str, str]] = []

    def hear(self, path: str, token: str | None, body: Any, answer: Any) -> None:
        """Remember one request with its answer."""
        numbers = set(numbers_in(body))
        name = str(body.get("login_name") or body.get("user_name")) if isinstance(body, dict) else ""
        new = answer.get("token") if isinstance(answer, dict) else None
        if new and name:
            self._holders[str(new)] = name
            self.typed[name] |= {name}.union(*(form for form in self._forms if name in form))
        who = self._holders.get(token or "", f"stranger of request {len(self.answers)}")
        self.typed[who] |= numbers
        if not token:
            self._forms.append(numbers | {name})
        self.answers.append((who, path, json.dumps(answer, ensure_ascii=False)))

    def told_too_much(self) -> list[str]:
        """Return each answer with a full number that its caller never typed, but somebody else did."""
        everybody = set().union(*self.typed.values())
        numbers = {one for one in everybody if len(one) >= _SHORTEST and any(sign.isdigit() for sign in one)}
        return [
            f"{path} told {who} {number}"
            for who, path, text in self.answers
            if not path.startswith(_AT_THE_DESK)
            for number in sorted(numbers - self.typed[who])
            if f'"{number}"' in text or f'"+86{number}"' in text
        ]
