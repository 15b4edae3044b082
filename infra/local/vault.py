"""Keys and secrets that outlive the process: made once, kept in one file that only its owner may read."""

import base64
import secrets
import string
from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from moto.kms.models import Key, kms_backends
from moto.secretsmanager.models import secretsmanager_backends

from infra.local.facts import Template
from infra.local.naming import ACCOUNT, REGION
from infra.local.state import State

_FILE: Final = "keys.json"
_CURVES: Final[Mapping[str, ec.EllipticCurve]] = {
    "ECC_NIST_P256": ec.SECP256R1(),
    "ECC_NIST_P384": ec.SECP384R1(),
    "ECC_NIST_P521": ec.SECP521R1(),
}
_KEY_BYTES: Final = 32


class Vault:
    """Puts the same keys and secrets into the engine at each start."""

    def __init__(self, state: State) -> None:
        """Read what was made before."""
        self._state = state
        self._kept: dict[str, dict[str, str]] = {"keys": {}, "secrets": {}, **state.read(_FILE, {})}

    def restore(self, template: Template) -> None:
        """Make the template's keys, aliases and secrets in the engine."""
        for key_id, facts in template.keys.items():
            self._restore_key(key_id, facts)
        backend = kms_backends[ACCOUNT][REGION]
        for name, target in template.aliases.items():
            backend.create_alias(target.rpartition("/")[2], name)
        for name in template.secrets:
            self._restore_secret(name)

    def secret(self, name: str, facts: Mapping[str, Any]) -> str:
        """Return a secret's value: the template's own text, else a generated one that stays the same."""
        if name not in self._kept["secrets"]:
            self._kept["secrets"][name] = str(facts.get("SecretString") or _generated(facts.get("GenerateSecretString", {})))
            self._save()
        return self._kept["secrets"][name]

    def _restore_secret(self, name: str) -> None:
        backend = secretsmanager_backends[ACCOUNT][REGION]
        backend.create_secret(name, self._kept["secrets"][name], None, None, None, None, None, [], force_overwrite=False)

    def _restore_key(self, key_id: str, facts: Mapping[str, Any]) -> None:
        spec = facts.get("KeySpec", "SYMMETRIC_DEFAULT")
        # moto makes an RSA pair even for symmetric keys, which takes a third of a second; a curve costs nothing
        key = Key(  # type: ignore[abstract]
            None, facts.get("KeyUsage", "ENCRYPT_DECRYPT"), "ECC_NIST_P256", "", ACCOUNT, REGION
        )
        key.id, key.key_spec = key_id, spec
        key.arn = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{key_id}"
        if spec in _CURVES:
            key.private_key = type(key.private_key)(spec)  # type: ignore[call-arg]
            key.private_key.private_key = self._pair(key_id, spec)  # type: ignore[attr-defined]
        else:
            key.key_material = self._material(key_id)
        kms_backends[ACCOUNT][REGION].keys[key_id] = key

    def _material(self, key_id: str) -> bytes:
        if key_id not in self._kept["keys"]:
            self._kept["keys"][key_id] = base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()
            self._save()
        return base64.b64decode(self._kept["keys"][key_id])

    def _pair(self, key_id: str, spec: str) -> Any:  # noqa: ANN401 -- a private key of any curve
        if key_id not in self._kept["keys"]:
            made = ec.generate_private_key(_CURVES[spec]).private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            self._kept["keys"][key_id] = made.decode()
            self._save()
        return serialization.load_pem_private_key(self._kept["keys"][key_id].encode(), None)

    def _save(self) -> None:
        self._state.write(_FILE, self._kept)


def _generated(facts: Mapping[str, Any]) -> str:
    alphabet = string.ascii_letters + string.digits
    return "".join(secrets.choice(alphabet) for _ in range(int(facts.get("PasswordLength", _KEY_BYTES))))
