"""The lean wire of DynamoDB: botocore's own answers, errors and retries, without its detours."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    ReadTimeoutError,
)
from botocore.session import get_session

from expertgate.outbound import aws
from expertgate.outbound.sigv4 import authorization
from expertgate.outbound.wire import LEANED_ON, wire_for
from tests.outbound.scripted import GOOD, Step, both, closing, hang_up, host, refuses, says, sends, silent

KEY = {"pk": {"S": "a"}, "sk": {"S": "-"}}


def a_client(url: str, **more: Any) -> Any:
    """Return a client with the lean wire, short of patience."""
    config = Config(
        retries={"total_max_attempts": 3, "mode": "standard"},
        connect_timeout=1,
        read_timeout=0.3,
        parameter_validation=False,
        **more,
    )
    return aws.session().create_client("dynamodb", endpoint_url=url, region_name="eu-west-1", config=config)


def get(client: Any) -> Any:
    """Read one row."""
    return client.get_item(TableName="rows", Key=KEY)


@contextmanager
def asking(*script: Step) -> Iterator[tuple[Any, Any]]:
    """Yield a host that plays the script, and a client of it."""
    with host(*script) as played:
        client = a_client(f"http://127.0.0.1:{played.port}")
        try:
            yield played, client
        finally:
            client.close()


def test_signature_equals_the_one_botocore_makes() -> None:
    body, headers = b'{"TableName": "rows"}', {"Host": "dynamodb.eu-west-1.amazonaws.com", "X-Amz-Target": "DynamoDB_20120810.GetItem"}
    headers |= {"User-Agent": "expertgate", "X-Amz-Security-Token": "a  token ", "X-Amzn-Trace-Id": "Root=1"}
    request = AWSRequest("POST", "https://dynamodb.eu-west-1.amazonaws.com/", headers=dict(headers), data=body)
    SigV4Auth(Credentials("AKIA", "secret", "a  token "), "dynamodb", "eu-west-1").add_auth(request)
    ours = authorization(("AKIA", "secret"), ("eu-west-1", "dynamodb"), {**headers, "X-Amz-Date": request.headers["X-Amz-Date"]}, body)
    assert ours == request.headers["Authorization"]


def test_one_line_serves_many_requests() -> None:
    with asking(says(GOOD), says(GOOD), says({})) as (played, client):
        assert get(client)["Item"] == get(client)["Item"] == {"pk": {"S": "a"}}
        assert "Item" not in get(client)
        assert played.connections == 1


def test_answer_carries_what_botocore_says_about_it() -> None:
    with asking(says(GOOD)) as (_, client):
        metadata = get(client)["ResponseMetadata"]
        assert (metadata["RequestId"], metadata["HTTPStatusCode"], metadata["RetryAttempts"]) == ("R1", 200, 0)
        assert metadata["HTTPHeaders"]["x-amzn-requestid"] == "R1"


@pytest.mark.parametrize(
    "trouble",
    [
        refuses("InternalServerError", 500),
        says(b"<html>", 503),
        refuses("ThrottlingException"),
        refuses("ProvisionedThroughputExceededException"),
        closing,
        silent,
        says(GOOD, x_amz_crc32="1"),
        says(b'{"Item": '),
        sends(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"),
        sends(b"SSH-2.0\r\n\r\n"),
    ],
    ids=["500", "503", "throttled", "throughput", "closed", "silent", "checksum", "cut", "length", "not http"],
)
def test_passing_trouble_is_tried_once_more(trouble: Step) -> None:
    with asking(trouble, says(GOOD)) as (played, client):
        assert get(client)["ResponseMetadata"]["RetryAttempts"] == 1
        assert len(played.heads) == 2
        assert played.header("amz-sdk-request") == "attempt=2; max=3"


def test_third_failure_is_told_as_botocore_does() -> None:
    with asking(*[refuses("InternalServerError", 500)] * 3) as (played, client):
        with pytest.raises(client.exceptions.InternalServerError) as told:
            get(client)
        assert len(played.heads) == 3
        assert told.value.response["ResponseMetadata"]["RetryAttempts"] == 2
        assert told.value.response["ResponseMetadata"]["MaxAttemptsReached"] is True


def test_all_tries_are_one_invocation_anew_signed() -> None:
    with asking(refuses("InternalServerError", 500), says(GOOD)) as (played, client):
        get(client)
        invocations = {line for head in played.heads for line in head.splitlines() if line.startswith("amz-sdk-invocation-id")}
        assert len(invocations) == 1
        assert played.bodies[0] == played.bodies[1]


def test_each_transaction_has_a_token_of_its_own() -> None:
    with asking(says({}), says({}), says({})) as (played, client):
        for _ in range(3):
            client.transact_write_items(TransactItems=[])
        assert len({json.loads(body)["ClientRequestToken"] for body in played.bodies}) == 3


def test_a_listener_that_comes_later_is_told() -> None:
    seen: list[str] = []
    with asking(says(GOOD), says(GOOD)) as (_, client):
        get(client)
        client.meta.events.register("before-parameter-build", lambda event_name, **_: seen.append(event_name))
        get(client)
    assert seen == ["before-parameter-build.dynamodb.GetItem"]


def test_refused_condition_is_told_at_once_with_its_row() -> None:
    with asking(refuses("ConditionalCheckFailedException", Item={"pk": {"S": "a"}, "sealed": {"B": "aGk="}})) as (played, client):
        with pytest.raises(client.exceptions.ConditionalCheckFailedException) as told:
            client.put_item(TableName="rows", Item=KEY)
        assert told.value.response["Item"] == {"pk": {"S": "a"}, "sealed": {"B": b"hi"}}
        assert len(played.heads) == 1


def test_cancelled_transaction_says_the_reason_of_each_line() -> None:
    reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed"}]
    with asking(refuses("TransactionCanceledException", CancellationReasons=reasons)) as (_, client):
        with pytest.raises(ClientError) as told:
            client.transact_write_items(TransactItems=[])
        assert told.value.response["CancellationReasons"] == reasons


@pytest.mark.parametrize(("trouble", "error"), [(closing, ConnectionClosedError), (says(GOOD, x_amz_crc32="1"), HTTPClientError)])
def test_lasting_trouble_ends_as_an_error_of_botocore(trouble: Step, error: type[Exception]) -> None:
    with asking(trouble, trouble, trouble) as (played, client):
        with pytest.raises(error):
            get(client)
        assert len(played.heads) == 3


def test_host_that_never_answers_is_left_after_three_tries() -> None:
    with asking(silent, silent, silent) as (played, client):
        with pytest.raises(ReadTimeoutError):
            get(client)
        assert played.has_heard(3)


def test_nobody_listening_is_an_endpoint_error() -> None:
    with host() as gone:
        port = gone.port
    with pytest.raises(EndpointConnectionError):
        get(a_client(f"http://127.0.0.1:{port}"))


def test_answer_in_pieces_and_chunks_is_put_together() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    pieces = chunked, b'8;x=y\r\n{"Item":\r\n', b"11\r\n ", b'{"pk":{"S":"a"}}\r\n', b"1\r\n}\r\n0\r\n\r\n"
    with asking(sends(*pieces), says({"Item": {"pk": {"S": "x" * 300_000}}})) as (played, client):
        assert get(client)["Item"] == {"pk": {"S": "a"}}
        assert len(get(client)["Item"]["pk"]["S"]) == 300_000
        assert played.connections == 1


@pytest.mark.parametrize("farewell", [says(GOOD, Connection="close"), both(says(GOOD), hang_up)], ids=["told", "silent"])
def test_line_the_host_gave_up_is_not_used_again(farewell: Step) -> None:
    with asking(farewell, says(GOOD)) as (played, client):
        get(client)
        assert played.left.wait(5)
        assert get(client)["ResponseMetadata"]["RetryAttempts"] == 0
        assert played.connections == 2


def test_binary_values_go_and_come_as_bytes() -> None:
    with asking(says({"Item": {"sealed": {"B": "aGk="}, "many": {"BS": ["aGk="]}, "map": {"M": {"B": {"B": "aGk="}}}}})) as (
        played,
        client,
    ):
        found = client.get_item(TableName="rows", Key={"pk": {"B": b"hi"}})["Item"]
        assert found == {"sealed": {"B": b"hi"}, "many": {"BS": [b"hi"]}, "map": {"M": {"B": {"B": b"hi"}}}}
        assert played.bodies == [b'{"TableName":"rows","Key":{"pk":{"B":"aGk="}}}']


def test_credentials_are_asked_for_each_call() -> None:
    with asking(says(GOOD), says(GOOD)) as (played, client):
        client._request_signer._credentials = Credentials("AKIA1", "one")
        get(client)
        assert (played.header("x-amz-security-token"), "AKIA1/" in played.header("authorization")) == ("", True)
        client._request_signer._credentials = Credentials("AKIA2", "two", "token")
        get(client)
        assert (played.header("x-amz-security-token"), "AKIA2/" in played.header("authorization")) == ("token", True)
        client._request_signer._credentials = None
        with pytest.raises(NoCredentialsError):
            get(client)


@pytest.mark.parametrize("event", ["before-parameter-build", "before-call", "before-send", "after-call"])
def test_events_that_others_hook_are_sent(event: str) -> None:
    seen: list[str] = []
    with asking(says(GOOD)) as (_, client):
        client.meta.events.register(event, lambda event_name, **_: seen.append(event_name))
        get(client)
    assert seen == [f"{event}.dynamodb.GetItem"]


def test_handler_may_answer_instead_of_the_host() -> None:
    class Given:
        status_code, headers, content = 200, {"x-amzn-RequestId": "R2"}, b'{"Item": {"pk": {"S": "given"}}}'

    with asking() as (played, client):
        client.meta.events.register("before-send", lambda **_: Given)
        assert get(client)["Item"] == {"pk": {"S": "given"}}
        assert played.heads == []


@pytest.mark.parametrize(
    ("region", "variables", "url"),
    [
        ("eu-west-1", {}, "https://dynamodb.eu-west-1.amazonaws.com"),
        ("cn-north-1", {}, "https://dynamodb.cn-north-1.amazonaws.com.cn"),
        ("us-east-1", {"AWS_USE_FIPS_ENDPOINT": "true"}, "https://dynamodb-fips.us-east-1.amazonaws.com"),
        ("us-east-1", {"AWS_USE_DUALSTACK_ENDPOINT": "true"}, "https://dynamodb.us-east-1.api.aws"),
        ("us-east-1", {"AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:4567"}, "http://127.0.0.1:4567"),
    ],
)
def test_endpoint_is_the_one_botocore_resolves(region: str, variables: dict[str, str], url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL_DYNAMODB", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    wire = wire_for(get_session().create_client("dynamodb", region_name=region))
    assert wire is not None
    assert wire.lines.url == url


@pytest.mark.parametrize("missing", LEANED_ON)
def test_botocore_built_differently_takes_its_own_way(missing: str, caplog: pytest.LogCaptureFixture) -> None:
    client = SimpleNamespace()
    for path in LEANED_ON:
        *owners, last = path.split(".")
        place = client
        for owner in owners:
            place.__dict__.setdefault(owner, SimpleNamespace())
            place = getattr(place, owner)
        if path != missing:
            setattr(place, last, None)
    assert wire_for(client) is None
    assert "built differently" in caplog.text


@pytest.mark.parametrize(
    ("variables", "more"),
    [({"HTTPS_PROXY": "http://127.0.0.1:1"}, {}), ({}, {"proxies": {"https": "http://127.0.0.1:1"}}), ({}, {"signature_version": "v4a"})],
    ids=["environment", "configuration", "signature"],
)
def test_unknown_set_up_takes_botocores_own_way(variables: dict[str, str], more: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL_DYNAMODB", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert wire_for(get_session().create_client("dynamodb", region_name="us-east-1", config=Config(**more))) is None
