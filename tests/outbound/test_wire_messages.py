"""Short messages over the lean wire: the forms, answers and errors are botocore's own."""

from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import Session, get_session

from expertgate.outbound import aws
from expertgate.outbound.wire import LeanCalls
from tests.outbound.scripted import Step, host, says

NUMBER, TEXT = "+8615900000001", "【外专通】验证码 314159 & more=1"
KIND = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}
SPACE = 'xmlns="http://sns.amazonaws.com/doc/2010-03-31/"'
META = "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>"
SENT = f"<PublishResponse {SPACE}><PublishResult><MessageId>m-1</MessageId></PublishResult>{META}</PublishResponse>"
ERROR = "<Error><Type>Sender</Type><Code>OptedOut</Code><Message>no</Message></Error>"
REFUSED = f"<ErrorResponse {SPACE}>{ERROR}<RequestId>r-2</RequestId></ErrorResponse>"


def publish(session: Session, *script: Step) -> tuple[Any, Any]:
    """Send one message to a host that plays the script; return the host and what the client says."""
    config = Config(retries={"total_max_attempts": 3, "mode": "standard"}, read_timeout=0.5, parameter_validation=False)
    with host(*script) as played:
        client = session.create_client("sns", endpoint_url=f"http://127.0.0.1:{played.port}", region_name="eu-west-1", config=config)
        try:
            answer: Any = client.publish(PhoneNumber=NUMBER, Message=TEXT, MessageAttributes=KIND)
        except ClientError as exc:
            answer = (type(exc).__name__, str(exc), exc.response["Error"])
        client.close()
        return played, answer


def both_ways(*script: Step) -> list[tuple[Any, Any]]:
    """Send the message over the lean wire, then botocore's own way."""
    return [publish(session, *script) for session in (aws.session(), get_session())]


def test_client_of_sns_takes_the_wire() -> None:
    made = aws.session().create_client("sns", region_name="eu-west-1")
    assert (isinstance(made, LeanCalls), made._made() is not None) == (True, True)


def test_form_and_answer_equal_those_of_botocore() -> None:
    (lean, answered), (usual, expected) = both_ways(says(SENT.encode(), Content_Type="text/xml"))
    assert lean.bodies == usual.bodies
    assert lean.bodies[0].startswith(b"Action=Publish&Version=2010-03-31&PhoneNumber=%2B8615900000001&")
    assert [one.header("content-type") for one in (lean, usual)] == ["application/x-www-form-urlencoded; charset=utf-8"] * 2
    assert "/eu-west-1/sns/aws4_request" in lean.header("authorization")
    assert answered["MessageId"] == expected["MessageId"] == "m-1"
    assert answered["ResponseMetadata"] == expected["ResponseMetadata"]


def test_refusal_is_told_as_botocore_tells_it() -> None:
    (lean, answered), (_, expected) = both_ways(says(REFUSED.encode(), 400, Content_Type="text/xml"))
    assert answered == expected
    assert (answered[2]["Code"], len(lean.heads)) == ("OptedOut", 1)


@pytest.mark.parametrize("status", [500, 503])
def test_passing_trouble_is_tried_once_more(status: int) -> None:
    played, answered = publish(aws.session(), says(b"<oops/>", status, Content_Type="text/xml"), says(SENT.encode()))
    assert (answered["MessageId"], len(played.heads)) == ("m-1", 2)
