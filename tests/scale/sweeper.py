"""A sweeper in a process of its own, as a scheduled function would be: `python -m tests.scale.sweeper ADDRESS SHARD...`."""

import os
import sys
from pathlib import Path

from infra.local.template import environment, load

os.environ |= {
    **environment(load(Path(__file__).resolve().parents[2] / "template.yaml")),
    **dict.fromkeys(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], "testing"),
    **dict.fromkeys(["AWS_REGION", "AWS_DEFAULT_REGION"], "us-east-1"),
    "AWS_ENDPOINT_URL_DYNAMODB": sys.argv[1],
    "STAGE": "test",
}

from expertgate.caller import system
from expertgate.delegation.actions.sweeping import expire_grants
from expertgate.outbound.codes import SystemCodes
from expertgate.outbound.keys import Keys
from expertgate.outbound.world import World
from tests.scale.midnight import MIDNIGHT
from tests.stage import RING, FakeClock

WORLD = World(clock=FakeClock(MIDNIGHT), codes=SystemCodes(), keys=Keys(lambda: RING))
DONE = expire_grants({"shards": [int(one) for one in sys.argv[2:]]}, system("sweep"), WORLD)
sys.stdout.write(str(DONE["done"]))
