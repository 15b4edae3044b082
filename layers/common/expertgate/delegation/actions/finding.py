"""Finding a person to bind, without becoming a way to try names and numbers."""

from datetime import date

from expertgate.account import store as accounts
from expertgate.account.model import Account
from expertgate.caller import Caller
from expertgate.delegation import guesses
from expertgate.delegation.actions.granting import is_verified
from expertgate.delegation.requests.grants import FindPerson, FoundPerson
from expertgate.errors.delegation import PersonNotFound
from expertgate.forms.dates import shanghai_day
from expertgate.forms.documents import Document, parse_document, possible_documents
from expertgate.forms.masks import mask_mobile, mask_name, mask_number
from expertgate.forms.names import person_key
from expertgate.forms.problems import FieldProblem, told_at
from expertgate.outbound.world import World


def find_person(body: FindPerson, caller: Caller, world: World) -> FoundPerson:
    """Return a verified person by number, and by name where one is given; everybody else is simply not found (DEL-01)."""
    today = shanghai_day(world.clock.now())
    with told_at("document_number"):
        documents = _documents(body, today)
    guesses.count_look_up(world, caller.id)
    person = verified_person(world, caller.id, documents, body.name)
    return FoundPerson(
        person_id=person.id,
        name=mask_name(person.known_as),
        mobile=mask_mobile(person.mobile) if person.mobile else None,
        document_number=mask_number(documents[0].number),
    )


def verified_person(world: World, unit_id: str, documents: list[Document], name: str | None) -> Account:
    """Return the verified person with one of these documents; a pair of name and number counts as wrong until it is shown right."""
    if name is not None:
        guesses.count_guess(world, unit_id)
    people = [one for one in _holders(world, documents) if is_verified(one) and _is_named(one, name)]
    if not people:
        raise PersonNotFound
    if name is not None:
        guesses.give_back(unit_id)
    if len(people) > 1:
        raise FieldProblem("document_type_needed").at("document_type")
    return people[0]


def _documents(body: FindPerson, today: date) -> list[Document]:
    if body.document_type is None:
        return possible_documents(body.document_number, today)
    return [parse_document(body.document_type, body.document_number, today, body.continent)]


def _holders(world: World, documents: list[Document]) -> list[Account]:
    found = accounts.holders(world, *(("document", key) for key in dict.fromkeys(one.unique_key for one in documents)))
    ids = [one for one in found if one is not None]
    return accounts.accounts(world, ids) if ids else []


def _is_named(person: Account, name: str | None) -> bool:
    return name is None or person_key(person.known_as) == person_key(name)
