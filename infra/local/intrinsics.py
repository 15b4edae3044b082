"""CloudFormation's YAML and its intrinsic functions, as far as a SAM template of one account needs them."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import yaml

try:  # the C parser is ten times faster; wheels without it exist
    from yaml import CSafeLoader as _Parser
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]

NO_VALUE: Final = object()
_PLACE = re.compile(r"\$\{(!?)([^}]+)\}")
_SHORT_FORMS = (
    "Sub",
    "GetAtt",
    "If",
    "Join",
    "Select",
    "Split",
    "Equals",
    "And",
    "Or",
    "Not",
    "FindInMap",
    "Base64",
    "ToJsonString",
    "Length",
)


class TemplateBroken(ValueError):
    """The template says something that cannot be resolved on one machine."""


class _Loader(_Parser):
    """YAML with CloudFormation's short forms."""


def _tagged(name: str) -> Callable[[Any, Any], dict[str, Any]]:
    def construct(loader: Any, node: Any) -> dict[str, Any]:  # noqa: ANN401 -- PyYAML's own types are Any
        if isinstance(node, yaml.ScalarNode):
            return {name: loader.construct_scalar(node)}
        if isinstance(node, yaml.SequenceNode):
            return {name: loader.construct_sequence(node, deep=True)}
        return {name: loader.construct_mapping(node, deep=True)}

    return construct


_Loader.add_constructor("!Ref", _tagged("Ref"))
_Loader.add_constructor("!Condition", _tagged("Condition"))
for _form in _SHORT_FORMS:
    _Loader.add_constructor(f"!{_form}", _tagged(f"Fn::{_form}"))


def parse(text: str) -> dict[str, Any]:
    """Return a template's text as plain dicts, short forms written out."""
    parsed: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 -- a SafeLoader with more tags
    return parsed


class Resolver:
    """Replaces intrinsic functions by the values they have on this machine."""

    def __init__(
        self,
        names: Mapping[str, Any],
        conditions: Mapping[str, Any],
        mappings: Mapping[str, Any],
        attribute: Callable[[str, str], str],
    ) -> None:
        """Take what Ref knows, the unresolved conditions and mappings, and how GetAtt is answered."""
        self._names = names
        self._conditions = conditions
        self._mappings = mappings
        self._attribute = attribute
        self._forms: dict[str, Callable[[Any], Any]] = {
            "Ref": self._ref,
            "Condition": self.holds,
            "Fn::Sub": self._sub,
            "Fn::GetAtt": self._get_att,
            "Fn::If": self._if,
            "Fn::Join": self._join,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::Equals": lambda pair: self.resolve(pair[0]) == self.resolve(pair[1]),
            "Fn::And": lambda all_of: all(self.resolve(each) for each in all_of),
            "Fn::Or": lambda any_of: any(self.resolve(each) for each in any_of),
            "Fn::Not": lambda one: not self.resolve(one[0]),
            "Fn::FindInMap": self._find_in_map,
            "Fn::Base64": lambda text: base64.b64encode(str(self.resolve(text)).encode()).decode(),
            "Fn::ToJsonString": lambda value: json.dumps(self.resolve(value), ensure_ascii=False),
            "Fn::Length": lambda value: len(self.resolve(value)),
        }

    def resolve(self, value: Any) -> Any:  # noqa: ANN401 -- any YAML value
        """Return the value with every intrinsic function in it carried out."""
        if isinstance(value, list):
            return [kept for each in value if (kept := self.resolve(each)) is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            name, argument = next(iter(value.items()))
            # "Condition" is also a key of IAM policies, whose value is never a plain name
            if name in self._forms and (name != "Condition" or isinstance(argument, str)):
                return self._forms[name](argument)
        resolved = ((key, self.resolve(each)) for key, each in value.items())
        return {key: each for key, each in resolved if each is not NO_VALUE}

    def holds(self, condition: str) -> bool:
        """Tell whether a condition of the template is true."""
        if condition not in self._conditions:
            raise TemplateBroken(f"unknown condition {condition}")
        return bool(self.resolve(self._conditions[condition]))

    def _ref(self, name: str) -> Any:  # noqa: ANN401 -- a parameter may be a list
        if name not in self._names:
            raise TemplateBroken(f"!Ref {name}: no such parameter or resource")
        return self._names[name]

    def _get_att(self, argument: str | list[str]) -> str:
        owner, _, attribute = argument.partition(".") if isinstance(argument, str) else (argument[0], "", argument[1])
        return self._attribute(owner, attribute)

    def _sub(self, argument: str | list[Any]) -> str:
        text, own = (argument, {}) if isinstance(argument, str) else (argument[0], self.resolve(argument[1]))

        def place(match: re.Match[str]) -> str:
            literal, name = match.groups()
            if literal:
                return f"${{{name}}}"
            if name in own:
                return str(own[name])
            return str(self._get_att(name) if "." in name else self._ref(name))

        return _PLACE.sub(place, text)

    def _if(self, argument: list[Any]) -> Any:  # noqa: ANN401 -- either branch
        return self.resolve(argument[1] if self.holds(argument[0]) else argument[2])

    def _join(self, argument: list[Any]) -> str:
        return str(argument[0]).join(str(each) for each in self.resolve(argument[1]))

    def _select(self, argument: list[Any]) -> Any:  # noqa: ANN401 -- an element of any list
        return self.resolve(argument[1])[int(self.resolve(argument[0]))]

    def _split(self, argument: list[Any]) -> list[str]:
        return str(self.resolve(argument[1])).split(argument[0])

    def _find_in_map(self, argument: list[Any]) -> Any:  # noqa: ANN401 -- any value of a mapping
        table, first, second = (self.resolve(each) for each in argument)
        return self._mappings[table][first][second]
