"""Fields of submitted forms by path (`contact.mobile`): what changed between two rounds, what a remark opens."""

from collections.abc import Iterable
from itertools import pairwise

type Form = dict[str, object]

_FILES = "attachments"


def fields_of(form: Form) -> dict[str, object]:
    """Return path -> value of every leaf; a list is one value."""
    flat: dict[str, object] = {}
    for name, value in form.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": leaf for inner, leaf in fields_of(value).items()}
        else:
            flat[name] = value
    return flat


def field_names(form: Form) -> frozenset[str]:
    """Return the paths of all leaves and of the parts they are in."""
    names = set()
    for path in fields_of(form):
        parts = path.split(".")
        names |= {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
    return frozenset(names)


def can_be_remarked(path: str, form: Form, besides: Iterable[str]) -> bool:
    """Tell whether there is such a field: in the form, inside an empty value or a list of it, or one of `besides`, which may be missing."""
    hollow = {name for name, value in fields_of(form).items() if value is None or isinstance(value, list | tuple)}
    return path in field_names(form) or is_within(path, {*hollow, *besides})


def opened_by(remarked: Iterable[str], together: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return the fields that remarks open to correction: those named, and what can only be corrected together with one of them."""
    fields = frozenset(remarked)
    return fields.union(*(group for group in together if group & fields))


def changed_fields(old: Form, new: Form) -> list[str]:
    """Return the paths whose values differ, missing and empty being the same, in order."""
    before, after = fields_of(old), fields_of(new)
    return sorted(path for path in before.keys() | after.keys() if (before.get(path) or None) != (after.get(path) or None))


def is_within(path: str, opened: Iterable[str]) -> bool:
    """Tell whether a path is one of the opened ones or lies inside one."""
    return any(path == one or path.startswith(f"{one}.") for one in opened)


def differences(rounds: list[Form]) -> list[dict[str, tuple[object, object]]]:
    """Return for each round but the first what changed: path -> (before, after)."""
    found = []
    for old, new in pairwise(rounds):
        before, after = fields_of(old), fields_of(new)
        found.append({path: (before.get(path), after.get(path)) for path in changed_fields(old, new)})
    return found


def requested(path: str, form: Form) -> list[str]:
    """Return the fields of a flat request that a path of its form stands for: there the files lie beside the other fields."""
    part, _, file = path.partition(".")
    if part != _FILES:
        return [path]
    files = form.get(_FILES)
    return [file] if file else sorted(files) if isinstance(files, dict) else [path]


def flattened(form: Form) -> Form:
    """Return the form as a flat request has it."""
    files = form.get(_FILES)
    return {**{name: part for name, part in form.items() if name != _FILES}, **files} if isinstance(files, dict) else form
