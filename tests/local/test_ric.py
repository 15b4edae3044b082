"""The same sample with every function under the real runtime client."""

from pathlib import Path

import pytest

from tests.local.running import machine

pytest.importorskip("awslambdaric")


def test_functions_work_under_the_real_runtime(tmp_path: Path) -> None:
    with machine(tmp_path, "--ric") as running:
        shown = running.call("GET", "/v1/things/abc?a=1")
        assert (shown.status, shown.json["seen"]["queryStringParameters"]) == (200, {"a": "1"})
        assert running.call("POST", "/v1/things", {"fail": True}).status == 500
        running.call("POST", "/v1/reviews/r1")
        running.wait_for(lambda: running.row("TOKEN:r1"))
        running.call("POST", "/v1/reviews/r1/decision")
        running.wait_for(lambda: running.call("GET", "/_local/executions?format=json&status=SUCCEEDED").json)
        first = running.call("GET", "/v1/slow").json["pid"]
        assert running.call("GET", "/v1/slow").json["pid"] == first
        assert running.call("GET", "/v1/slow?for=sleep").status == 500
        assert running.call("GET", "/v1/slow?for=death").status == 500
        assert running.call("GET", "/v1/slow").json["pid"] != first
        assert running.row("ATTEMPTS:r1")["times"] == "2"
        assert "told to fail" in (tmp_path / "functions.log").read_text()
