"""The command exports all grants by pages and applies files, against real doors over HTTP."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from infra.commands.grants import apply, export, main
from tests.builders.grants import Somebody, bound, day, opened, person, unit
from tests.stage import Stage

DOORS = {"/v1/agent-grant-exports": "delegation.export_agent_grants", "/v1/agent-grant-files": "delegation.apply_grant_file"}


@pytest.fixture
def employer(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Somebody]:
    """Give a unit that entered the service, with its two doors served over HTTP."""

    class Api(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path)[2:4]
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode() or None
            token = self.headers["authorization"].removeprefix("Bearer ")
            answered = stage.call(DOORS[path], token=token, query=dict(parse_qsl(query)), raw=body)
            self.send_response(answered.status)
            for name, value in answered.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answered.text.encode())

        do_POST = do_GET  # noqa: N815 -- the name http.server calls

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made = opened(stage, unit(stage))
    monkeypatch.setenv("EXPERTGATE_API", f"http://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setenv("EXPERTGATE_TOKEN", made.token)
    yield made
    server.shutdown()
    server.server_close()


def test_all_pages_arrive_in_one_file(stage: Stage, employer: Somebody, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = {bound(stage, employer, person(stage, seed)).json["id"] for seed in range(103)}
    export(tmp_path / "agents.csv")
    _, *lines = (tmp_path / "agents.csv").read_text("utf-8-sig").splitlines()
    assert {line.split(",")[0] for line in lines} == made
    assert capsys.readouterr().err.startswith("\r100 grants\r103 grants")
    assert not (tmp_path / "agents.part").exists()


def test_a_file_is_applied_line_by_line(stage: Stage, employer: Somebody, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agent, other, file = person(stage), person(stage, 2), tmp_path / "new.csv"
    days = f"{day(stage)},{day(stage, 9)}"
    lines = [f"{agent.number},{agent.name},fepms,unit_applicant,{days}", f"{other.number},{other.name},fepms,king,{days}"]
    file.write_text("\n".join(["document_number,name,service,roles,first_day,last_day", *lines]), "utf-8")
    assert apply("bind", file) is False
    assert [one.split("\t")[1] for one in capsys.readouterr().out.splitlines()] == ["done", "refused"]


def test_a_file_of_a_chinese_spreadsheet_is_read(stage: Stage, employer: Somebody, tmp_path: Path) -> None:
    agent, file = person(stage), tmp_path / "new.csv"
    line = f"{agent.number},{agent.name},外国专家项目管理信息系统,用人单位申报用户,{day(stage)},{day(stage, 9)}"
    file.write_text(f"证件号码,姓名,服务事项,角色,开始日期,结束日期\n{line}", "gb18030")
    assert apply("bind", file) is True


@pytest.mark.usefixtures("employer")
def test_a_refused_file_is_told_why(tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text("姓名\n李晓波", "utf-8")
    with pytest.raises(SystemExit, match="文件无法读取"):
        apply("bind", file)


def test_a_lock_outlives_the_token(stage: Stage, employer: Somebody, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    lines = [f"{person(stage, seed).number},王小明,fepms,unit_applicant,{day(stage)},{day(stage, 9)}" for seed in range(4)]
    file.write_text("\n".join(["document_number,name,service,roles,first_day,last_day", *lines]), "utf-8")
    with pytest.raises(SystemExit, match="stopped before line 4"):
        apply("bind", file)


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (["bind"], {}, "required: file"),
        (["burn", "new.csv"], {}, "invalid choice: 'burn'"),
        (["bind", "new.csv"], {"EXPERTGATE_TOKEN": ""}, "EXPERTGATE_TOKEN must be in the environment"),
    ],
)
@pytest.mark.usefixtures("employer")
def test_a_wrong_call_is_told_how(
    arguments: list[str], variables: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("employer")
def test_what_cannot_be_done_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bind", str(tmp_path / "none.csv")]) == 1
    monkeypatch.setenv("EXPERTGATE_API", "http://127.0.0.1:1")
    assert main(["export", str(tmp_path / "agents.csv")]) == 1
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == ["cannot bind", "cannot export"]
