"""What was sent is told by its content; a clean copy is kept, the upload itself is not."""

import os
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from expertgate.caller import CallerKind
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.aws import client
from tests.builders.evidence import asked, check, send, uploaded
from tests.builders.pictures import page, pdf_of, picture, stamped_pdf
from tests.stage import Stage, session_for

EICAR_PAGE = b"<html><script>alert(1)</script></html>"


def keys_in_bucket() -> list[str]:
    return [one["Key"] for one in client("s3").list_objects_v2(Bucket=os.environ["EVIDENCE_BUCKET"]).get("Contents", [])]


def stored(key: str) -> dict[str, Any]:
    found: dict[str, Any] = client("s3").get_object(Bucket=os.environ["EVIDENCE_BUCKET"], Key=key)
    return found


def person(stage: Stage) -> str:
    return session_for(stage, CallerKind.PERSON, "P1")


def test_a_clean_copy_is_kept_and_the_upload_dropped(stage: Stage) -> None:
    token = person(stage)
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    out = BytesIO()
    page("colour", 0, (300, 200)).save(out, "JPEG", exif=exif)
    evidence_id = uploaded(stage, token, out.getvalue() + b"<script>SECRET</script>")
    answer = check(stage, token, evidence_id)
    assert (answer.status, answer.json["state"], answer.json["colour"]) == (200, "checked", "colour")
    assert (answer.json["width"], answer.json["height"], answer.json["media_type"]) == (300, 200, "image/jpeg")
    assert keys_in_bucket() == [f"evidence/{evidence_id}/{answer.json['sha256']}"]
    kept = stored(keys_in_bucket()[0])
    content = kept["Body"].read()
    assert b"SECRET" not in content
    assert (kept["ContentType"], len(content)) == ("image/jpeg", answer.json["size"])


def test_a_stamped_pdf_is_taken(stage: Stage) -> None:
    token = person(stage)
    evidence_id = uploaded(stage, token, stamped_pdf(2), "stamped_application", media_type="application/pdf")
    answer = check(stage, token, evidence_id).json
    assert (answer["state"], answer["pages"], answer["media_type"]) == ("checked", 2, "application/pdf")


def test_a_tinted_picture_is_taken_with_a_warning(stage: Stage) -> None:
    token = person(stage)
    answer = check(stage, token, uploaded(stage, token, picture("tinted"))).json
    assert (answer["state"], answer["colour"]) == ("checked", "tinted")
    assert "禁止使用黑白图片" in answer["message"]


@pytest.mark.parametrize(
    ("content", "purpose", "rule"),
    [
        (picture("mono"), "business_licence", "picture_mono"),
        (picture()[:4000], "business_licence", "picture_broken"),
        (EICAR_PAGE, "business_licence", "picture_format"),
        (b"GIF89a" + bytes(100), "id_emblem", "picture_format"),
        (stamped_pdf(), "bank_page", "picture_format"),
        (b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), "bank_page", "file_bytes"),
        (picture(), "stamped_application", "pdf_format"),
        (pdf_of(b"4 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj"), "stamped_application", "pdf_active"),
        (b"", "bank_page", "picture_format"),
    ],
    ids=["mono", "truncated", "disguised-html", "disguised-gif", "disguised-pdf", "oversize", "picture-as-pdf", "script", "empty"],
)
def test_a_bad_file_is_refused_with_its_reason(stage: Stage, content: bytes, purpose: str, rule: str) -> None:
    token = person(stage)
    media_type = "application/pdf" if purpose == "stamped_application" else "image/png"
    evidence_id = uploaded(stage, token, content, purpose, media_type=media_type)
    answers = [check(stage, token, evidence_id, key="check-key-1") for _ in range(2)]
    assert [(one.status, one.broken) for one in answers] == [(422, {"file": rule})] * 2
    assert keys_in_bucket() == []


def test_the_manuals_words_refuse_black_and_white(stage: Stage) -> None:
    token = person(stage)
    answer = check(stage, token, uploaded(stage, token, picture("mono")))
    assert "禁止使用黑白图片" in answer.json["errors"][0]["message"]


def test_a_refused_upload_stays_refused(stage: Stage) -> None:
    token = person(stage)
    upload = asked(stage, token)
    send(upload, picture("mono"))
    check(stage, token, upload["id"])
    send(upload, picture("colour"))
    assert check(stage, token, upload["id"]).broken == {"file": "picture_mono"}


def test_a_repeated_check_changes_nothing(stage: Stage) -> None:
    token = person(stage)
    upload = asked(stage, token)
    send(upload, picture("colour"))
    first = check(stage, token, upload["id"])
    send(upload, picture("colour", seed=5))
    again = check(stage, token, upload["id"])
    assert again.json == first.json
    tags = [row.tag for row in AuditRow.query(f"EVIDENCE#{upload['id']}", limit=10)]
    assert sorted(tags) == ["evidence:upload:checked", "evidence:upload:requested"]


def test_nothing_sent_yet_is_told(stage: Stage) -> None:
    token = person(stage)
    assert check(stage, token, asked(stage, token)["id"]).code == "upload_missing"


def test_a_check_that_comes_too_late_is_refused(stage: Stage) -> None:
    token = session_for(stage, CallerKind.PERSON, "P1")
    evidence_id = uploaded(stage, token, picture())
    stage.clock.advance(hours=1)
    assert check(stage, session_for(stage, CallerKind.PERSON, "P1"), evidence_id).code == "upload_expired"


def test_somebody_elses_upload_is_unknown(stage: Stage) -> None:
    evidence_id = uploaded(stage, person(stage), picture())
    other = session_for(stage, CallerKind.PERSON, "P2")
    for one in (evidence_id, "01KJPZ5B800000000000000000"):
        assert (check(stage, other, one).status, check(stage, other, one).code) == (404, "evidence_unknown")
