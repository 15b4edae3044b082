"""Browser forms and signed links: what S3 would refuse is refused here."""

import base64
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.local.running import Answer, Running, send

FORGED = base64.b64encode(b'{"expiration":"2099-01-01T00:00:00Z","conditions":[]}').decode()
PICTURE = b"\x89PNG" + bytes(200)


def form_for(running: Running, name: str, **wishes: Any) -> dict[str, Any]:
    form: dict[str, Any] = running.call("POST", "/v1/uploads", {"name": name, **wishes}).json
    return form


def posted(form: dict[str, Any], content: bytes = PICTURE, **changed: str) -> Answer:
    parts = [f'--edge\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in {**form["fields"], **changed}.items()]
    parts.append('--edge\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n')
    body = "".join(parts).encode() + content + b"\r\n--edge--\r\n"
    where = urlsplit(form["url"])
    return send(where.netloc, "POST", where.path, body, {"content-type": "multipart/form-data; boundary=edge"})


def test_uploaded_file_can_be_fetched_by_link(running: Running) -> None:
    answer = posted(form_for(running, "good"))
    facts = running.call("GET", "/v1/uploads/good").json
    link = urlsplit(facts["link"])
    fetched = send(link.netloc, "GET", f"{link.path}?{link.query}", b"", {})
    assert (answer.status, facts["type"], facts["length"]) == (204, "image/png", len(PICTURE))
    assert (fetched.status, fetched.body) == (200, PICTURE)


@pytest.mark.parametrize(
    ("content", "changed", "status", "code"),
    [
        (bytes(1001), {}, 400, "EntityTooLarge"),
        (bytes(9), {}, 400, "EntityTooSmall"),
        (PICTURE, {"Content-Type": "text/html"}, 403, "Policy Condition failed"),
        (PICTURE, {"key": "in/another"}, 403, "Policy Condition failed"),
        (PICTURE, {"acl": "public-read"}, 403, "Extra input fields"),
        (
            PICTURE,
            {"policy": FORGED},
            403,
            "SignatureDoesNotMatch",
        ),
        (PICTURE, {"policy": ""}, 403, "AccessDenied"),
    ],
)
def test_form_against_its_policy_is_refused(running: Running, content: bytes, changed: dict[str, str], status: int, code: str) -> None:
    answer = posted(form_for(running, "refused"), content, **changed)
    assert answer.status == status
    assert code in answer.body.decode()
    assert running.call("GET", "/v1/uploads/refused").status == 500


def test_form_after_its_time_is_refused(running: Running) -> None:
    form = form_for(running, "late", seconds=-1)
    policy = json.loads(base64.b64decode(form["fields"]["policy"]))
    assert datetime.fromisoformat(policy["expiration"]) < datetime.now(UTC)
    assert "Policy expired" in posted(form).body.decode()


@pytest.mark.parametrize(("old", "new"), [("in/kept", "in/other"), ("X-Amz-Expires=60", "X-Amz-Expires=9999999")])
def test_changed_link_is_refused(running: Running, old: str, new: str) -> None:
    posted(form_for(running, "kept"))
    link = running.call("GET", "/v1/uploads/kept").json["link"]
    changed = urlsplit(link.replace(old, new))
    assert b"SignatureDoesNotMatch" in send(changed.netloc, "GET", f"{changed.path}?{changed.query}", b"", {}).body


def test_stored_file_is_private(running: Running) -> None:
    form = form_for(running, "private")
    posted(form)
    where = urlsplit(form["url"])
    assert send(where.netloc, "GET", f"{where.path}/in/private", b"", {}).status == 403
