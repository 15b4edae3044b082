"""Finding a person to bind, without becoming a way to try names and numbers."""

from expertgate.account import store as accounts
from expertgate.account.model import Account
from expertgate.caller import Caller
from expertgate.delegation import guesses
from expertgate.delegation.actions.granting import is_verified
from expertgate.delegation.requests.grants import FindPerson, FoundPerson
from expertgate.errors.delegation import PersonNotFound
from expertgate.forms.dates import shanghai_day
from expertgate.forms.documents import Document, parse_document
from expertgate.forms.masks import mask_mobile, mask_name, mask_number
from expertgate.forms.names import person_key
from expertgate.forms.problems import FieldProblem
from expertgate.outbound.world import World


def find_person(body: FindPerson, caller: Caller, world: World) -> FoundPerson:
    """Return a verified person by number, and by name where one is given; everybody else is simply not found (DEL-01)."""
    today = shanghai_day(world.clock.now())
    try:
        document = parse_document(body.document_type, body.document_number, today, body.continent)
    except FieldProblem as exc:
        raise exc.at(exc.field or "document_number") from exc
    guesses.count_look_up(world, caller.id)
    person = verified_person(world, caller.id, document, body.name)
    return FoundPerson(
        person_id=person.id,
        name=mask_name(person.known_as),
        mobile=mask_mobile(person.mobile) if person.mobile else None,
        document_number=mask_number(document.number),
    )


def verified_person(world: World, unit_id: str, document: Document, name: str | None) -> Account:
    """Return the verified person with this document; a pair of name and number counts as wrong until it is shown right."""
    if name is not None:
        guesses.count_guess(world, unit_id)
    person = accounts.person_by_document(world, document.unique_key)
    if person is None or not is_verified(person) or not _is_named(person, name):
        raise PersonNotFound
    if name is not None:
        guesses.give_back(unit_id)
    return person


def _is_named(person: Account, name: str | None) -> bool:
    return name is None or person_key(person.known_as) == person_key(name)
