"""Keep the token of a review's task (workflow step); fails once, so that the workflow's retry is seen."""

from sample_shared.aws import count, put


class NotYet(Exception):
    """The first attempt is told to come again."""


def handler(event: dict[str, str], _: object) -> None:
    """Write the token."""
    if count(f"ATTEMPTS:{event['id']}") == 1:
        raise NotYet(event["id"])
    put(f"TOKEN:{event['id']}", token=event["token"])
