"""Which faults of AWS pass: those are worth another try, all others are ours and have to be seen."""

from typing import NoReturn

from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError
from pynamodb.exceptions import PynamoDBException

from expertgate.errors.base import Unavailable
from expertgate.errors.edge import TryAgain

# All that a call of AWS can fail with, passing or not.
FAULTS = (Unavailable, ClientError, BotoCoreError, PynamoDBException)
_ITS_OWN_TROUBLE = 500
_COME_LATER = {
    "ThrottlingException",
    "Throttling",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "TransactionConflictException",
    "TransactionInProgressException",
    "SlowDown",
    "KMSInternalException",
    # Step Functions: its key is asked too much, or as many executions run as an account may have.
    "KmsThrottlingException",
    "ExecutionLimitExceeded",
    # PynamoDB keeps the code of an answer and loses its status.
    "InternalError",
    "InternalFailure",
    "InternalServerError",
    "ServiceUnavailable",
}


def is_passing(exc: BaseException | None) -> bool:
    """Tell whether AWS could not be reached or asks to come later: nothing is known to be wrong with the request."""
    if isinstance(exc, PynamoDBException):
        return is_passing(exc.cause)
    if isinstance(exc, ClientError):
        status = int(exc.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
        return status >= _ITS_OWN_TROUBLE or exc.response["Error"]["Code"] in _COME_LATER
    return isinstance(exc, BotoCoreError | Unavailable) and not isinstance(exc, ParamValidationError)


def give_up(exc: Exception) -> NoReturn:
    """Raise TryAgain for what passes; what does not stays what it is, so that the edge logs it and somebody is woken."""
    if is_passing(exc):
        raise TryAgain from exc
    raise exc
