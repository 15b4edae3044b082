"""Which errors can leave a function, found by reading code: small pieces of code made up for one question each."""

from pathlib import Path
from textwrap import dedent

import pytest

from infra.reference.definitions import Code, Definition
from infra.reference.reach import Reach

_ERRORS = """
class Refusal(Exception): ...
class Gone(Refusal): ...
class Wrong(Refusal): ...
"""
_START = "from house.errors.all import Gone, Refusal, Wrong\n"


def _leaving(folder: Path, code: str, **others: str) -> set[str]:
    files = {"errors/__init__": "", "errors/all": _ERRORS, "start": _START + dedent(code), **others}
    for name, text in files.items():
        place = folder / "house" / f"{name}.py"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(dedent(text), "utf-8")
    reach = Reach(Code(folder), "house.errors", Definition("house.forms", "FieldProblem"), "house.edge")
    return {one.name for one in reach.errors_of(Definition("house.start", "start"))}


@pytest.mark.parametrize(
    ("code", "leaving"),
    [
        pytest.param("def start(): raise Gone", {"Gone"}, id="raised"),
        pytest.param("def start(change): change.put(otherwise=Gone())", {"Gone"}, id="handed on"),
        pytest.param("def start(): then()\ndef then(): raise Gone\ndef other(): raise Wrong", {"Gone"}, id="by a call"),
        pytest.param("def start(): return then\ndef then(): raise Gone", {"Gone"}, id="by a name"),
        pytest.param("def start(): return KINDS\nKINDS = {1: Gone}", {"Gone"}, id="by a table"),
        pytest.param("def start(n):\n  return n and other(n)\ndef other(n):\n  start(n)\n  raise Gone", {"Gone"}, id="back and forth"),
        pytest.param("def start(error: Gone) -> Wrong: return isinstance(error, Gone)", set(), id="only named"),
        pytest.param("@Gone\ndef start(): ...", {"Gone"}, id="around"),
    ],
)
def test_what_is_mentioned_on_the_way_leaves(tmp_path: Path, code: str, leaving: set[str]) -> None:
    assert _leaving(tmp_path, code) == leaving


@pytest.mark.parametrize(
    ("handler", "leaving"),
    [
        ("except Gone: pass", {"Wrong"}),
        ("except Refusal: pass", set()),
        ("except (Gone, Wrong): pass", set()),
        ("except SOME: pass", {"Wrong"}),
        ("except Exception: pass", set()),
        ("except: pass", set()),
        ("except OSError: pass", {"Gone", "Wrong"}),
        ("except Gone: raise", {"Gone", "Wrong"}),
        ("except Gone as exc: raise exc.at('field') from exc", {"Gone", "Wrong"}),
        ("except Gone as exc: raise Wrong from exc", {"Wrong"}),
    ],
)
def test_what_is_caught_does_not_leave(tmp_path: Path, handler: str, leaving: set[str]) -> None:
    code = f"SOME = (Gone, OSError)\ndef start():\n  try: then()\n  {handler}\ndef then():\n  raise Gone\n  raise Wrong"
    assert _leaving(tmp_path, code) == leaving


def test_what_is_suppressed_does_not_leave(tmp_path: Path) -> None:
    code = "def start():\n  with suppress(Gone), open('x'): then()\n  raise Wrong\ndef then(): raise Gone"
    assert _leaving(tmp_path, code) == {"Wrong"}


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("class Box:\n  def open(self): raise Gone\ndef start(box: Box): box.open()", id="annotated"),
        pytest.param("class Box:\n  def open(self): raise Gone\ndef start(box: 'Box'): box.open()", id="annotated in quotes"),
        pytest.param("class Box:\n  def open(self): raise Gone\ndef start(): made().open()\ndef made(): return Box()", id="made elsewhere"),
        pytest.param("class Box:\n  def __init__(self): raise Gone\ndef start(): Box()", id="made"),
        pytest.param("class Old:\n  def open(self): raise Gone\nclass Box(Old): ...\ndef start(box: Box): box.open()", id="inherited"),
        pytest.param("class Box:\n  @field_validator('x')\n  def check(self): raise Gone\ndef start(box: Box): ...", id="validated"),
        pytest.param("class Box:\n  x: Annotated[str, ruled(parse)]\ndef parse(): raise Gone\ndef start(box: Box): ...", id="parsed"),
    ],
)
def test_methods_of_classes_on_the_way_count(tmp_path: Path, code: str) -> None:
    assert _leaving(tmp_path, code) == {"Gone"}


def test_methods_of_classes_elsewhere_do_not_count(tmp_path: Path) -> None:
    assert _leaving(tmp_path, "class Box:\n  def open(self): raise Gone\ndef start(box): box.open()") == set()


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("from house.other import deed\ndef start(): deed()", id="by name"),
        pytest.param("from house import other\ndef start(): other.deed()", id="by module"),
        pytest.param("import house.other\ndef start(): house.other.deed()", id="by full name"),
        pytest.param("def start():\n  from house.other import deed as it\n  it()", id="late"),
        pytest.param("PLACE = 'house.other:deed'\ndef start(): load(PLACE)", id="by a place in a string"),
    ],
)
def test_other_modules_are_followed(tmp_path: Path, code: str) -> None:
    assert _leaving(tmp_path, code, other="from house.errors.all import Gone\ndef deed(): raise Gone") == {"Gone"}


def test_the_edge_is_not_looked_into(tmp_path: Path) -> None:
    code = "from house.edge import door\nfrom house.errors.all import Wrong\napp = door()\ndef start(): app.caller()"
    assert _leaving(tmp_path, code, edge="from house.errors.all import Gone\ndef door(): raise Gone") == set()
