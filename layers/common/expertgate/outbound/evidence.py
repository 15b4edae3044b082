"""The private store of uploaded files: browsers send straight to it by a signed form and read by a signed link (D-13)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from botocore.exceptions import ClientError

from expertgate.outbound.aws import client
from expertgate.settings import LIMITS

# Without the right to list the bucket, which no function has, S3 answers AccessDenied for what is not there.
_ABSENT = {"NoSuchKey", "404", "AccessDenied"}


@dataclass(frozen=True)
class SignedForm:
    """What a browser posts beside the file, and where to."""

    url: str
    fields: dict[str, str]


class EvidenceStore:
    """One bucket; it encrypts by its own default, with the key of the template."""

    def __init__(self, bucket: str) -> None:
        """Remember the bucket."""
        self._bucket = bucket

    def presigned_post(self, key: str, media_type: str) -> SignedForm:
        """Return a form that takes one file of this type and of no more than the limit, for a short time."""
        fields = {"Content-Type": media_type}
        conditions = [{"Content-Type": media_type}, ["content-length-range", 1, LIMITS.upload_bytes]]
        made = client("s3").generate_presigned_post(
            self._bucket, key, Fields=fields, Conditions=conditions, ExpiresIn=LIMITS.upload_link_life
        )
        return SignedForm(made["url"], made["fields"])

    def presigned_get(self, key: str, media_type: str, file_name: str) -> str:
        """Return a link that shows one object as this type under this name, for a short time."""
        params = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentType": media_type,
            "ResponseContentDisposition": f"inline; filename*=UTF-8''{quote(file_name, safe='')}",
            "ResponseCacheControl": "private, no-store",
        }
        link: str = client("s3").generate_presigned_url("get_object", Params=params, ExpiresIn=LIMITS.evidence_link_life)
        return link

    def read(self, key: str) -> bytes | None:
        """Return an object, cut one byte behind the limit so that a larger one shows; None where there is none."""
        try:
            found = client("s3").get_object(Bucket=self._bucket, Key=key, Range=f"bytes=0-{LIMITS.upload_bytes}")
        except ClientError as exc:
            if exc.response["Error"]["Code"] in _ABSENT:
                return None
            if exc.response["Error"]["Code"] == "InvalidRange":  # what S3 says of an empty object
                return b""
            raise
        content: bytes = found["Body"].read()
        return content

    def write(self, key: str, content: bytes, media_type: str) -> None:
        """Keep an object."""
        kept: dict[str, Any] = {"Bucket": self._bucket, "Key": key, "Body": content, "ContentType": media_type}
        client("s3").put_object(**kept)

    def delete(self, key: str) -> None:
        """Remove an object, whether it is there or not."""
        client("s3").delete_object(Bucket=self._bucket, Key=key)
