"""What botocore knows of AWS's services, cut down to those we call: a first client costs half of what it does with all of them.

botocore looks through the folders of four hundred services twice, and reads a megabyte of endpoints. `data/endpoints.json` is its own
data for our services (`python -m infra.checks.endpoints`, held against botocore's by a test); the rule sets that decide are its own.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from botocore.loaders import JSONFileLoader, Loader

# Ours, those of one machine and of its operator, and those botocore itself asks for credentials.
SERVICES: Final = (
    "dynamodb",
    "dynamodbstreams",
    "kms",
    "lambda",
    "s3",
    "sesv2",
    "signin",
    "sns",
    "sqs",
    "sso",
    "sso-oidc",
    "stepfunctions",
    "sts",
)
ENDPOINTS: Final = Path(__file__).parent / "data/endpoints.json"


class _Files(JSONFileLoader):  # type: ignore[misc]  # botocore has no types
    """Reads into plain dictionaries, which keep their order as well; the ordered ones of old double the time."""

    def _load_file(self, full_path: str, open_method: Callable[[str, str], Any]) -> Any:  # noqa: ANN401 -- any JSON
        if not os.path.isfile(full_path):  # noqa: PTH113 -- botocore's paths are text
            return None
        with open_method(full_path, "rb") as file:
            return json.loads(file.read())


class Models(Loader):  # type: ignore[misc]  # as above
    """botocore's loader of its data, for our services."""

    FILE_LOADER_CLASS = _Files

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002 -- botocore's form
        """Return the services there are for us."""
        return list(SERVICES)

    def load_data_with_path(self, name: str) -> tuple[Any, str]:
        """Return data and where it lies: the endpoints are botocore's own, whichever file they come from."""
        if name == "endpoints":
            return json.loads(ENDPOINTS.read_bytes()), str(Path(self.BUILTIN_DATA_PATH, name))
        found: tuple[Any, str] = super().load_data_with_path(name)
        return found
