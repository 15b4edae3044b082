"""The lean wire over TLS: the host proves its name by a certificate botocore would trust."""

import ssl
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from botocore.config import Config
from botocore.exceptions import SSLError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from expertgate.outbound import aws
from tests.outbound.scripted import GOOD, host, says
from tests.outbound.test_wire import get


def _certificate(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """Return a certificate that vouches for itself under a name, and what serves with it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(subject, subject, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem, secret = folder / f"{name}.pem", folder / f"{name}.key"
    pem.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return pem, context


@pytest.mark.parametrize(
    ("name", "is_known", "error"),
    [("localhost", True, None), ("localhost", False, SSLError), ("elsewhere.test", True, SSLError)],
    ids=["good", "unknown issuer", "other host"],
)
def test_host_has_to_prove_its_name(name: str, is_known: bool, error: type[Exception] | None, tmp_path: Path) -> None:
    pem, context = _certificate(tmp_path, name)
    with host(says(GOOD), tls=context) as played:
        address = {"endpoint_url": f"https://localhost:{played.port}", "region_name": "eu-west-1"}
        once = Config(retries={"total_max_attempts": 1, "mode": "standard"})
        client = aws.session().create_client("dynamodb", **address, verify=str(pem) if is_known else True, config=once)
        with pytest.raises(error) if error else nullcontext():
            assert get(client)["Item"] == GOOD["Item"]
        client.close()
