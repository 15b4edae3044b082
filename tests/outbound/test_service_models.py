"""botocore's data cut down to our services says of them what the whole says."""

import json
import re
from typing import Any

import pytest
from botocore.loaders import Loader
from botocore.regions import EndpointResolver

from expertgate.outbound.service_models import ENDPOINTS, SERVICES, Models
from infra.checks.endpoints import ours
from tests.tree.house import ROOT

_CALLED = re.compile(r"client\(\"([a-z0-9-]+)\"")


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def test_the_endpoints_are_those_of_this_botocore() -> None:
    assert json.loads(ENDPOINTS.read_text("utf-8")) == _plain(ours())


@pytest.mark.parametrize("region", ["cn-north-1", "cn-northwest-1", "us-east-1", "us-gov-west-1", "eusc-de-east-1"])
@pytest.mark.parametrize("service", ["dynamodb", "kms", "s3", "sns", "states", "email"])
def test_a_service_has_its_usual_endpoint_everywhere(service: str, region: str) -> None:
    whole, lean = EndpointResolver(Loader().load_data("endpoints")), EndpointResolver(Models().load_data("endpoints"))
    assert lean.construct_endpoint(service, region) == _plain(whole.construct_endpoint(service, region))


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_model_is_botocores_own(service: str) -> None:
    assert Models().load_service_model(service, "service-2") == _plain(Loader().load_service_model(service, "service-2"))


def test_every_service_that_is_called_is_listed() -> None:
    texts = [path.read_text("utf-8") for folder in ("layers/common", "infra") for path in (ROOT / folder).rglob("*.py")]
    called = {name for text in texts for name in _CALLED.findall(text)}
    assert {"dynamodb", "kms"} <= called <= set(SERVICES)


def test_the_endpoints_count_as_botocores_own() -> None:
    loader = Models()
    assert loader.is_builtin_path(loader.load_data_with_path("endpoints")[1])
