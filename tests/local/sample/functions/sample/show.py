"""Show a thing, and what the event looked like."""

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from sample_shared.aws import get

app = APIGatewayHttpResolver(enable_validation=True)


@app.get("/v1/things/mine")
def show_mine() -> dict[str, str]:
    """Show what is mine."""
    return {"whose": "mine"}


@app.get("/v1/things/<thing>")
def show_thing(thing: str) -> dict[str, object]:
    """Show one thing."""
    return {"id": thing, "row": get(thing), "seen": app.current_event.raw_event}


@app.route("/v1/files/<path>", method=["GET", "PUT"])
def show_file(path: str) -> dict[str, object]:
    """Show a file's path."""
    return {"path": path, "seen": app.current_event.raw_event}


def handler(event: dict[str, object], context: object) -> dict[str, object]:
    """Answer by the resolver."""
    return app.resolve(event, context)  # type: ignore[arg-type]
