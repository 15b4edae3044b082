"""A lean wire for DynamoDB and short messages inside botocore's client.

botocore turns each call into its general form and back (rule sets of endpoints, shapes, a dozen events, an HTTP stack of three layers),
which costs twenty times what the call needs. Here the operations named in `dialects` go straight through; credentials, the endpoint, the
events that tests hook, errors, retries and their quota stay botocore's own. Everything else, and every set-up this file does not know
(proxies, other signatures, client certificates), takes botocore's way. docs/decisions/0012 has the figures.
"""

import logging
import os
import time
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, Final

from botocore import discovery, handlers
from botocore.awsrequest import AWSPreparedRequest, HeadersDict
from botocore.endpoint import convert_to_response_dict
from botocore.exceptions import NoCredentialsError
from botocore.httpsession import create_urllib3_context, get_cert_path
from botocore.utils import get_environ_proxies

from expertgate.outbound.dialects import DIALECTS, MESSAGES, ROWS, Dialect, check
from expertgate.outbound.lines import Lines
from expertgate.outbound.sigv4 import authorization

SPOKEN: Final = ROWS | MESSAGES
# Lambda brings a botocore of its own choice: where one of these is not in it, the wire is not taken.
LEANED_ON: Final = (
    "_emit_api_params",
    "_endpoint._add_modeled_error_fields",
    "_endpoint._needs_retry",
    "_endpoint.http_session._verify",
    "_request_signer._credentials",
    "_resolve_endpoint_ruleset",
    "_response_parser.parse",
    "_serializer.serialize_to_request",
    "_user_agent_creator.to_string",
    "meta.events._emitter._lookup_cache",
)
_FIRST_ERROR: Final = 300
_SIGNATURE: Final = "v4"


class LeanCalls:
    """Mixed into botocore's clients of DynamoDB and SNS, in front of its own way of calling."""

    _wire: "Wire | None" = None
    _is_ordinary = False

    def _make_api_call(self, operation_name: str, api_params: dict[str, Any]) -> dict[str, Any]:
        """Call an operation; the name is botocore's, PynamoDB calls it directly."""
        if operation_name in SPOKEN and not self._is_ordinary:
            wire = self._wire or self._made()
            if wire is not None:
                return wire.call(operation_name, api_params)
        usual: Any = super()
        answer: dict[str, Any] = usual._make_api_call(operation_name, api_params)  # noqa: SLF001 -- this is its override
        return answer

    def _made(self) -> "Wire | None":
        self._wire = wire_for(self)
        self._is_ordinary = self._wire is None
        return self._wire

    def close(self) -> None:
        """Close the connections."""
        if self._wire is not None:
            self._wire.lines.close()
        usual: Any = super()
        usual.close()


def lean(base_classes: list[type], **_: object) -> None:
    """Handle botocore's event `creating-client-class` of a service that `dialects` speaks to."""
    base_classes.insert(0, LeanCalls)


def wire_for(client: Any) -> "Wire | None":  # noqa: ANN401 -- botocore makes its clients' classes at run time
    """Return the wire of a client, None where its set-up needs botocore's own way."""
    if not _is_built_as_known(client):
        logging.getLogger(__name__).warning("this botocore is built differently: calls take its own way")
        return None
    config, context = client.meta.config, dict[str, Any]()
    signer, model = client._request_signer, client.meta.service_model  # noqa: SLF001 -- the client is ours to extend
    dialect = DIALECTS[model.service_name](client)
    probe = model.operation_model(dialect.simplest)
    url, headers, _ = client._resolve_endpoint_ruleset(probe, {}, context)  # noqa: SLF001 -- as above
    unknown = (
        config.proxies or get_environ_proxies(url),
        config.client_cert,
        headers,
        config.auth_scheme_preference,
        signer.signature_version != _SIGNATURE or context.get("auth_type", _SIGNATURE) != _SIGNATURE,
        url.partition("://")[2].strip("/").count("/"),
    )
    if any(unknown):
        return None
    place = context.get("signing", {})
    region, service = place.get("region", signer.region_name), place.get("signing_name", signer.signing_name)
    timeouts = (config.connect_timeout, config.read_timeout)
    lines = Lines(url, _tls(client) if url.startswith("https:") else None, timeouts, config.max_pool_connections)
    return Wire(client, lines, (region, service), dialect)


def _is_built_as_known(client: Any) -> bool:  # noqa: ANN401 -- as above
    try:
        attrgetter(*LEANED_ON)(client)
    except AttributeError:
        return False
    return True


def _tls(client: Any) -> Any:  # noqa: ANN401 -- as above
    """Return the TLS context botocore would use, by its own settings of certificates."""
    context = create_urllib3_context()
    verify = client._endpoint.http_session._verify  # noqa: SLF001 -- AWS_CA_BUNDLE and the configuration end here
    if verify:
        context.load_verify_locations(cafile=get_cert_path(verify))
        context.check_hostname = True
    else:
        context.verify_mode = 0
    return context


@lru_cache(maxsize=64)
def _silent(model: Any) -> frozenset[Any]:  # noqa: ANN401 -- as above
    """Return the listeners of botocore's own that have nothing to say about an operation; its first call has asked them all."""
    says_something = {
        (handlers, "add_recursion_detection_header"): "AWS_LAMBDA_FUNCTION_NAME" in os.environ,
        (handlers, "generate_idempotent_uuid"): model.idempotent_members,
        (handlers, "_handle_request_validation_mode_member"): "requestValidationModeMember" in model.http_checksum,
        (discovery, "block_endpoint_discovery_required_operations"): (model.endpoint_discovery or {}).get("required"),
    }
    return frozenset(getattr(*where, None) for where, says in says_something.items() if not says)


class _Prepared(AWSPreparedRequest):  # type: ignore[misc]  # botocore has no types
    """A request as handlers of `before-send` see it; its headers are made when one of them looks."""

    def __init__(self, url: str, headers: dict[str, str], body: bytes) -> None:
        self._plain = headers
        self.method, self.url, self.body, self.stream_output = "POST", url, body, False

    @cached_property
    def headers(self) -> HeadersDict:
        return HeadersDict(self._plain)


class Wire:
    """Carries the operations of one dialect for one client."""

    def __init__(self, client: Any, lines: Lines, place: tuple[str, str], dialect: Dialect) -> None:  # noqa: ANN401 -- as above
        """Take from the client what does not change between calls."""
        self.lines = lines
        self._client = client
        self._place = place
        self._model = client.meta.service_model
        self._emitter = client.meta.events._emitter  # noqa: SLF001 -- the client is ours to extend; it knows the service by its hyphenized id
        self._heard: tuple[dict[str, Any], dict[tuple[str, str], tuple[str, list[Any]]]] = ({}, {})  # of which of its caches, who listens
        self._attempts = (client.meta.config.retries or {}).get("total_max_attempts", 4)
        self._agent = client._user_agent_creator.to_string()  # noqa: SLF001 -- as in wire_for
        self._models = {name: self._model.operation_model(name) for name in dialect.operations}
        self._dialect = dialect
        self._service = self._model.service_id.hyphenize()

    def call(self, name: str, params: dict[str, Any]) -> dict[str, Any]:
        """Carry out one operation and return its answer.

        Raises botocore's errors.
        """
        client, model = self._client, self._models[name]
        context: dict[str, Any] = {"client_region": self._place[0], "client_config": client.meta.config, "has_streaming_input": False}
        for other in self._emit("provide-client-params", name, params=params, model=model, context=context):
            params = other if other is not None else params
        self._emit("before-parameter-build", name, params=params, model=model, context=context)
        request = self._request(model, params, context)
        told = {"model": model, "params": request, "request_signer": client._request_signer, "context": context}  # noqa: SLF001 -- as above
        given = next((one for one in self._emit("before-call", name, **told) if one is not None), None)
        http, parsed = given or self._carried_out(model, request)
        self._emit("after-call", name, http_response=http, parsed=parsed, model=model, context=context)
        if http.status_code >= _FIRST_ERROR:
            raise client.exceptions.from_code(parsed.get("Error", {}).get("Code"))(parsed, name)
        answer: dict[str, Any] = parsed
        return answer

    def _emit(self, event: str, operation: str, **told: Any) -> list[Any]:  # noqa: ANN401 -- as above
        """Tell those who listen, and return what they say; botocore keeps who does, and forgets it whenever somebody comes or goes."""
        known = self._emitter._lookup_cache  # noqa: SLF001 -- its own way there costs more than most of what is heard
        if known is not self._heard[0]:
            self._heard = known, {}
        found = self._heard[1].get((event, operation))
        if found is None:
            return self._first(event, operation, told)
        name, listening = found
        return [one(event_name=name, **told) for one in listening]

    def _first(self, event: str, operation: str, told: dict[str, Any]) -> list[Any]:
        """Tell all by the emitter's own way, and keep who of them will have something to say."""
        name, (known, heard) = f"{event}.{self._service}.{operation}", self._heard
        said = [one for _, one in self._emitter.emit(name, **told)]
        if name in known:
            silent = _silent(self._models[operation])
            heard[event, operation] = name, [one for one in known[name] if one not in silent]
        return said

    def _request(self, model: Any, params: dict[str, Any], context: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 -- as above
        """Return the request in botocore's form."""
        headers, body = self._dialect.written(model, params)
        context["retries"] = {"invocation-id": os.urandom(16).hex(), "max": self._attempts}
        return {
            "url": self.lines.url,
            "url_path": "/",
            "query_string": {},
            "method": "POST",
            "headers": {**headers, "User-Agent": self._agent},
            "body": body,
            "context": context,
        }

    def _carried_out(self, model: Any, request: dict[str, Any]) -> tuple[Any, dict[str, Any]]:  # noqa: ANN401 -- as above
        """Send, again where botocore's rules say so, and return answer and parsed answer."""
        attempt = 1
        while True:
            answered, failure = self._tried(model, request, attempt)
            is_good = answered is not None and answered[0].status_code < _FIRST_ERROR
            if is_good or not self._client._endpoint._needs_retry(attempt, model, request, answered, failure):  # noqa: SLF001
                break
            attempt += 1
        if answered is None:
            self._emit("after-call-error", model.name, exception=failure, context=request["context"])
            raise failure or RuntimeError("neither answer nor error")
        answered[1].setdefault("ResponseMetadata", {})["RetryAttempts"] = attempt - 1
        return answered

    def _tried(self, model: Any, request: dict[str, Any], attempt: int) -> tuple[tuple[Any, dict[str, Any]] | None, Exception | None]:  # noqa: ANN401
        """Send once; return the answer or why there is none, as botocore's retry rules want it."""
        request["context"]["retries"]["attempt"] = attempt
        try:
            http = self._sent(model.name, request)
            return (http, self._parsed(model, http)), None
        except Exception as exc:  # noqa: BLE001 -- which of them are tried again is botocore's to say
            return None, exc

    def _sent(self, name: str, request: dict[str, Any]) -> Any:  # noqa: ANN401 -- our answer or the one a handler gives
        headers, body = self._signed(request), request["body"]
        for given in self._emit("before-send", name, request=_Prepared(f"{self.lines.url.rstrip('/')}/", headers, body)):
            if given is not None:
                return given
        head = "".join([f"{key}: {value}\r\n" for key, value in headers.items()])
        http = self.lines.send(f"POST / HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        check(http.headers.get("x-amz-crc32"), http.content)
        return http

    def _signed(self, request: dict[str, Any]) -> dict[str, str]:
        """Return the headers of one attempt."""
        credentials = self._client._request_signer._credentials  # noqa: SLF001 -- they renew themselves
        if credentials is None:
            raise NoCredentialsError
        frozen, retries = credentials.get_frozen_credentials(), request["context"]["retries"]
        headers = {
            "Host": self.lines.host,
            **request["headers"],
            "X-Amz-Date": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()),
            "amz-sdk-invocation-id": retries["invocation-id"],
            "amz-sdk-request": f"attempt={retries['attempt']}; max={retries['max']}",
        }
        if frozen.token:
            headers["X-Amz-Security-Token"] = frozen.token
        headers["Authorization"] = authorization((frozen.access_key, frozen.secret_key), self._place, headers, request["body"])
        return headers

    def _parsed(self, model: Any, http: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
        return self._parsed_error(model, http) if http.status_code >= _FIRST_ERROR else self._dialect.read(model, http)

    def _parsed_error(self, model: Any, http: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
        """Leave errors to botocore: their codes come from bodies, headers and models, and speed does not matter."""
        found, parser = convert_to_response_dict(http, model), self._client._response_parser  # noqa: SLF001
        parsed: dict[str, Any] = parser.parse(found, model.output_shape)
        self._client._endpoint._add_modeled_error_fields(found, parsed, model, parser)  # noqa: SLF001
        return parsed
