"""Reads template.yaml, the only source of resource facts, and tells what it means on one machine."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

from infra.local import naming
from infra.local.facts import Function, Local, Route, Schedule, StateMachine, StreamMapping, Table, Template
from infra.local.intrinsics import NO_VALUE, Resolver, TemplateBroken, parse

TEMPLATE: Final = Path(__file__).resolve().parents[2] / "template.yaml"

_PSEUDO: Final[Mapping[str, Any]] = {
    "AWS::AccountId": naming.ACCOUNT,
    "AWS::Region": naming.REGION,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": naming.PREFIX,
    "AWS::StackId": f"arn:aws:cloudformation:{naming.REGION}:{naming.ACCOUNT}:stack/{naming.PREFIX}/local",
    "AWS::NotificationARNs": [],
    "AWS::NoValue": NO_VALUE,
}
_FUNCTION: Final = "AWS::Serverless::Function"
_MACHINES: Final = frozenset({"AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine"})
_WRITES: Final = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem")
_TABLE_FACTS: Final = (
    "KeySchema",
    "AttributeDefinitions",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "StreamSpecification",
)


def load(path: Path = TEMPLATE, parameters: Mapping[str, str] | None = None) -> Template:
    """Return the facts of a template; parameters go before Metadata.Local.Parameters, those before the defaults."""
    return _Reader(parse(path.read_text(encoding="utf-8")), parameters or {}).read()


def environment(template: Template) -> dict[str, str]:
    """Return the environment variables that Globals give to every function."""
    return dict(template.environment)


def statements(path: Path = TEMPLATE, *, shared: bool = True) -> dict[str, list[dict[str, Any]]]:
    """Return the policy statements of each function, those of managed policies included unless only its own are wanted."""
    return _Reader(parse(path.read_text(encoding="utf-8")), {}).statements(shared=shared)


def create_tables(client: Any, template: Template) -> list[str]:  # noqa: ANN401 -- botocore makes its clients at run time
    """Create the template's tables that are not there yet, with indexes, streams and TTL; return the new ones' names."""
    return [table.name for table in template.tables if _created(client, table)]


def _created(client: Any, table: Table) -> bool:  # noqa: ANN401 -- as above
    try:
        client.create_table(**table.create)
    except client.exceptions.ResourceInUseException:
        return False
    if table.ttl_attribute:
        wanted = {"Enabled": True, "AttributeName": table.ttl_attribute}
        client.update_time_to_live(TableName=table.name, TimeToLiveSpecification=wanted)
    return True


class _Reader:
    """Walks the resources of one parsed template."""

    def __init__(self, raw: dict[str, Any], parameters: Mapping[str, str]) -> None:
        self._resources: dict[str, Any] = raw["Resources"]
        self._globals: dict[str, Any] = raw.get("Globals", {})
        self._metadata: dict[str, Any] = raw.get("Metadata", {}).get("Local", {})
        self._unsupported: list[str] = []
        names = {**_PSEUDO, **self._parameters(raw, parameters)}
        self._resolver = Resolver(names, raw.get("Conditions", {}), raw.get("Mappings", {}), self._attribute)
        self._resources = {key: each for key, each in self._resources.items() if self._exists(each)}
        for logical_id, resource in self._resources.items():
            name = naming.physical_name(logical_id, resource, self._resolver.resolve)
            resource["LocalName"] = name
            names[logical_id] = naming.reference(resource["Type"], name)

    def read(self) -> Template:
        """Return all facts."""
        routes, schedules, streams = self._events()
        return Template(
            functions={each.logical_id: each for each in self._functions()},
            routes=tuple(routes),
            schedules=(*schedules, *self._own_schedules()),
            streams=tuple(streams),
            tables=tuple(self._tables()),
            machines=tuple(self._machines()),
            topics=self._names("AWS::SNS::Topic"),
            queues=self._names("AWS::SQS::Queue"),
            buckets=self._names("AWS::S3::Bucket"),
            keys=dict(self._named("AWS::KMS::Key")),
            aliases={name: key["TargetKeyId"] for name, key in self._named("AWS::KMS::Alias")},
            secrets=dict(self._named("AWS::SecretsManager::Secret")),
            cors=self._cors(),
            environment=self._environment({}),
            local=self._local(),
            unsupported=tuple(self._unsupported),
        )

    def _parameters(self, raw: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
        local = self._metadata.get("Parameters", {})
        values = {}
        for name, parameter in raw.get("Parameters", {}).items():
            value = given.get(name, local.get(name, parameter.get("Default")))
            if value is None:
                raise TemplateBroken(f"parameter {name} has no default and no value in Metadata.Local.Parameters")
            is_list = "List" in parameter["Type"] and isinstance(value, str)
            values[name] = [each.strip() for each in value.split(",")] if is_list else str(value)
        return values

    def _exists(self, resource: Mapping[str, Any]) -> bool:
        condition = resource.get("Condition")
        return condition is None or self._resolver.holds(condition)

    def _attribute(self, logical_id: str, wanted: str) -> str:
        resource = self._resources.get(logical_id)
        if resource is None:
            raise TemplateBroken(f"!GetAtt {logical_id}.{wanted}: no such resource")
        return naming.attribute(resource["Type"], resource["LocalName"], wanted)

    def _of(self, *kinds: str) -> Iterator[tuple[str, dict[str, Any]]]:
        return ((key, each) for key, each in self._resources.items() if each["Type"] in kinds)

    def _names(self, kind: str) -> tuple[str, ...]:
        return tuple(resource["LocalName"] for _, resource in self._of(kind))

    def _named(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for _, resource in self._of(kind):
            yield resource["LocalName"], self._resolver.resolve(resource.get("Properties", {}))

    def _environment(self, properties: Mapping[str, Any]) -> dict[str, str]:
        shared = self._globals.get("Function", {}).get("Environment", {}).get("Variables", {})
        own = properties.get("Environment", {}).get("Variables", {})
        return {key: _as_text(value) for key, value in self._resolver.resolve({**shared, **own}).items()}

    def _functions(self) -> Iterator[Function]:
        shared, allowed = self._globals.get("Function", {}), self.statements(shared=True)
        for logical_id, resource in self._of(_FUNCTION):
            properties = resource["Properties"]
            facts = {**shared, **properties}
            yield Function(
                logical_id=logical_id,
                name=resource["LocalName"],
                code_uri=str(self._resolver.resolve(facts["CodeUri"])),
                handler=str(self._resolver.resolve(facts["Handler"])),
                environment=self._environment(properties),
                timeout=int(self._resolver.resolve(facts.get("Timeout", 3))),
                writes=_tables_written(allowed[logical_id]) if "Policies" in properties else None,
            )

    def statements(self, *, shared: bool) -> dict[str, list[dict[str, Any]]]:
        """Return what each function may do, of managed policies only where shared."""
        managed = {
            naming.reference(each["Type"], each["LocalName"]): self._resolver.resolve(each["Properties"]["PolicyDocument"])
            for _, each in self._of("AWS::IAM::ManagedPolicy")
        }
        found: dict[str, list[dict[str, Any]]] = {}
        for logical_id, resource in self._of(_FUNCTION):
            policies = self._resolver.resolve(resource["Properties"].get("Policies", []))
            documents = [managed[each] if isinstance(each, str) else each for each in policies if shared or not isinstance(each, str)]
            found[logical_id] = [one for document in documents for one in document["Statement"]]
        return found

    def _events(self) -> tuple[list[Route], list[Schedule], list[StreamMapping]]:
        routes: list[Route] = []
        schedules: list[Schedule] = []
        streams: list[StreamMapping] = []
        for logical_id, resource in self._of(_FUNCTION):
            for name, event in resource["Properties"].get("Events", {}).items():
                facts = self._resolver.resolve(event.get("Properties", {}))
                match event["Type"]:
                    case "HttpApi":
                        routes.append(Route(facts.get("Method", "ANY").upper(), facts.get("Path", "/{proxy+}"), logical_id))
                    case "Schedule" | "ScheduleV2":
                        schedules.append(_schedule(f"{logical_id}{name}", logical_id, facts))
                    case "DynamoDB":
                        streams.append(_stream(f"{logical_id}{name}", logical_id, facts))
                    case kind:
                        self._unsupported.append(f"{logical_id}: event of type {kind}")
        return routes, schedules, streams

    def _own_schedules(self) -> Iterator[Schedule]:
        functions = {naming.arn(_FUNCTION, each["LocalName"]): key for key, each in self._of(_FUNCTION)}
        for logical_id, resource in self._of("AWS::Scheduler::Schedule"):
            facts = self._resolver.resolve(resource["Properties"])
            target = facts["Target"]
            if target["Arn"] in functions:
                yield _schedule(logical_id, functions[target["Arn"]], {**facts, "Input": target.get("Input")})
            else:
                self._unsupported.append(f"{logical_id}: schedule that does not call a function")

    def _tables(self) -> Iterator[Table]:
        for logical_id, resource in self._of("AWS::DynamoDB::Table"):
            facts = self._resolver.resolve(resource["Properties"])
            create = {key: facts[key] for key in _TABLE_FACTS if key in facts}
            if "StreamSpecification" in create:
                create["StreamSpecification"] = {"StreamEnabled": True, **create["StreamSpecification"]}
            create |= {"TableName": resource["LocalName"], "BillingMode": "PAY_PER_REQUEST"}
            ttl = facts.get("TimeToLiveSpecification", {})
            yield Table(logical_id, create, ttl.get("AttributeName") if ttl.get("Enabled", True) else None)

    def _machines(self) -> Iterator[StateMachine]:
        for logical_id, resource in self._of(*_MACHINES):
            facts = self._resolver.resolve(resource["Properties"])
            uri = facts.get("DefinitionUri") or facts.get("DefinitionS3Location")
            name = resource["LocalName"]
            substitutions = {key: str(value) for key, value in facts.get("DefinitionSubstitutions", {}).items()}
            yield StateMachine(logical_id, name, naming.arn(resource["Type"], name), str(uri), substitutions)

    def _cors(self) -> dict[str, Any] | None:
        own = [resource.get("Properties", {}) for _, resource in self._of("AWS::Serverless::HttpApi")]
        shared = self._globals.get("HttpApi", {})
        found = next((each["CorsConfiguration"] for each in (*own, shared) if "CorsConfiguration" in each), None)
        if found is True:
            return {"AllowOrigins": ["*"], "AllowMethods": ["*"], "AllowHeaders": ["*"]}
        resolved: dict[str, Any] | None = self._resolver.resolve(found) or None
        return resolved

    def _local(self) -> Local:
        prepare, reconcile = (self._call(self._metadata.get(key)) for key in ("Prepare", "Reconcile"))
        return Local(prepare, reconcile, tuple(self._metadata.get("Pages", ())))

    def _call(self, wanted: str | Mapping[str, Any] | None) -> tuple[str, Any] | None:
        if wanted is None:
            return None
        name, event = (wanted, None) if isinstance(wanted, str) else (wanted["Function"], wanted.get("Event"))
        if name not in self._resources:
            raise TemplateBroken(f"Metadata.Local names {name}, which is no resource")
        return name, event


def _tables_written(statements: list[dict[str, Any]]) -> frozenset[str] | None:
    """Return the names of the tables that rows may be changed in; None where all of them are meant."""
    found: set[str] = set()
    for one in statements:
        actions, places = ([each] if isinstance(each, str) else each for each in (one.get("Action", "*"), one.get("Resource", "*")))
        if any(fnmatch(f"dynamodb:{write}", action) for action in actions for write in _WRITES):
            found |= {str(place).partition(":table/")[2] or "*" for place in places}
    return None if any("*" in name for name in found) else frozenset(found)


def _schedule(logical_id: str, function: str, facts: Mapping[str, Any]) -> Schedule:
    return Schedule(
        logical_id=logical_id,
        function=function,
        expression=facts.get("ScheduleExpression") or facts["Schedule"],
        timezone=facts.get("ScheduleExpressionTimezone", "UTC"),
        payload=facts.get("Input"),
        enabled=facts.get("State", "ENABLED") == "ENABLED" and facts.get("Enabled", True),
    )


def _stream(logical_id: str, function: str, facts: Mapping[str, Any]) -> StreamMapping:
    return StreamMapping(
        logical_id=logical_id,
        function=function,
        table=str(facts["Stream"]).split("/")[1],
        batch_size=int(facts.get("BatchSize", 100)),
        filters=tuple(_pattern(each["Pattern"]) for each in facts.get("FilterCriteria", {}).get("Filters", ())),
        reports_failures="ReportBatchItemFailures" in facts.get("FunctionResponseTypes", ()),
        retries=int(facts.get("MaximumRetryAttempts", -1)),
    )


def _pattern(text: str | Mapping[str, Any]) -> Mapping[str, Any]:
    return parse(text) if isinstance(text, str) else text


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
