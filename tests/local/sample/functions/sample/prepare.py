"""Prepare: seal a value once; at later starts it must still open."""

import os
from typing import Any

from sample_shared.aws import client, get, put


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Seal, or open what was sealed."""
    kms = client("kms")
    sealed = get("SEALED").get("value")
    if sealed:
        opened = kms.decrypt(CiphertextBlob=bytes.fromhex(sealed), KeyId="alias/sample")["Plaintext"].decode()
        put("OPENED", value=opened)
    else:
        blob = kms.encrypt(KeyId=os.environ["MASTER_KEY"], Plaintext=b"secret of the first start")["CiphertextBlob"]
        put("SEALED", value=blob.hex())
    return {"local": event["local"]}
