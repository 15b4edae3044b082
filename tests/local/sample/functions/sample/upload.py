"""Give a form for an upload, and a link to what was uploaded."""

import json
import os
from typing import Any

from sample_shared.aws import client

BUCKET = os.environ["EVIDENCE_BUCKET"]


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Answer POST with a form, GET with facts and a link."""
    if event["routeKey"].startswith("POST"):
        return {"statusCode": 200, "body": json.dumps(_form(json.loads(event["body"])))}
    name = event["pathParameters"]["name"]
    found = client("s3").head_object(Bucket=BUCKET, Key=f"in/{name}")
    link = client("s3").generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": f"in/{name}"}, ExpiresIn=60)
    facts = {"type": found["ContentType"], "length": found["ContentLength"], "link": link}
    return {"statusCode": 200, "body": json.dumps(facts)}


def _form(wish: dict[str, Any]) -> Any:
    kind = {"Content-Type": "image/png"}
    return client("s3").generate_presigned_post(
        BUCKET,
        f"in/{wish['name']}",
        Fields=kind,
        Conditions=[kind, ["content-length-range", 10, 1000]],
        ExpiresIn=wish.get("seconds", 60),
    )
