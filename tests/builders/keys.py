"""A stage whose keys come from the ring in its table, as in a deployment."""

import os

from expertgate.outbound.aws import client
from expertgate.outbound.keys import Keys
from expertgate.outbound.ring import load_ring
from expertgate.settings import settings
from tests.stage import Stage


def make_master_key() -> None:
    """Make the key of KMS that wraps all roots."""
    os.environ["MASTER_KEY"] = client("kms").create_key()["KeyMetadata"]["KeyId"]
    settings.cache_clear()


def prepared(stage: Stage) -> Keys:
    """Make the master key and the ring, and let the stage's world use them."""
    make_master_key()
    stage.world.__dict__["keys"] = keys = Keys(load_ring)
    stage.run("platform.prepare")
    return keys
