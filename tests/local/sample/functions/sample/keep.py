"""Keep a thing; several at once go in one transaction; a message goes out; {"fail": true} breaks."""

import json
import os
from typing import Any

from sample_shared.aws import THINGS, client


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Write the rows."""
    wish = json.loads(event["body"])
    if wish.get("fail"):
        raise RuntimeError("told to fail")
    rows = [{name: {"S" if isinstance(value, str) else "N": str(value)} for name, value in row.items()} for row in wish["rows"]]
    client("dynamodb").transact_write_items(TransactItems=[{"Put": {"TableName": THINGS, "Item": row}} for row in rows])
    if "sms" in wish:
        client("sns").publish(PhoneNumber=wish["sms"], Message="您的验证码是 123456")
    if "email" in wish:
        simple = {"Subject": {"Data": "通知"}, "Body": {"Text": {"Data": "您的验证码是 654321"}}}
        letter = {"Destination": {"ToAddresses": [wish["email"]]}, "Content": {"Simple": simple}}
        client("sesv2").send_email(FromEmailAddress=os.environ["EMAIL_FROM"], **letter)
    return {"statusCode": 201, "headers": {"Content-Type": "application/json"}, "cookies": ["a=1", "b=2"], "body": "{}"}
