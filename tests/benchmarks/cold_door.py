"""One cold start in a process of its own: import and first request of a door, or of the floor, in CPU milliseconds, as JSON."""

import json
import sys
import time
from typing import Any


def floor() -> Any:
    """Return the handler of the least door: powertools' resolver, pydantic, pynamodb, and nothing of ours."""
    import os  # noqa: PLC0415 -- everything is imported inside, so that it is counted

    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver  # noqa: PLC0415
    from pydantic import BaseModel  # noqa: PLC0415
    from pynamodb.attributes import UnicodeAttribute  # noqa: PLC0415, TID251 -- the floor has nothing of ours
    from pynamodb.models import Model  # noqa: PLC0415

    class Thing(Model):
        class Meta:
            table_name = os.environ["SESSIONS_TABLE"]
            region = "us-east-1"
            host = os.environ["AWS_ENDPOINT_URL_DYNAMODB"]

        pk = UnicodeAttribute(hash_key=True)
        sk = UnicodeAttribute(range_key=True)

    class Question(BaseModel):
        name: str

    app = APIGatewayHttpResolver(enable_validation=True)

    @app.post("/v1/floor")
    def ask(body: Question) -> Question:
        return Question(name=str(Thing.count(body.name, limit=1)))

    return app.resolve


def door(name: str) -> Any:
    """Return the handler of a door, its world with keys that need no KMS."""
    import importlib  # noqa: PLC0415

    module = importlib.import_module(name)
    from expertgate.outbound.keys import Keys, Ring  # noqa: PLC0415
    from expertgate.outbound.world import World  # noqa: PLC0415

    ring = Ring(roots={"00000001": bytes(range(32))}, current="00000001", index_root="00000001")
    World.current = World(keys=Keys(lambda: ring))
    return module.handler


def main() -> None:
    """Start, answer once, and tell."""
    name, event = sys.argv[1], json.loads(sys.stdin.read())
    known, begun = len(sys.modules), time.process_time()
    handler = floor() if name == "floor" else door(name)
    imported, loaded = time.process_time(), len(sys.modules) - known
    from types import SimpleNamespace  # noqa: PLC0415

    answer = handler(event, SimpleNamespace(aws_request_id="cold", function_name=name, invoked_function_arn="", memory_limit_in_mb=1024))
    told = {"import": imported - begun, "first": time.process_time() - imported, "modules": loaded, "status": answer["statusCode"]}
    sys.stdout.write(f"\n{json.dumps(told)}\n")


if __name__ == "__main__":
    main()
