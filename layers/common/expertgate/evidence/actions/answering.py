"""What is told of a file."""

from expertgate.caller import Language
from expertgate.evidence.colour import Colour
from expertgate.evidence.model import Evidence
from expertgate.evidence.requests import EvidenceAnswer
from expertgate.outbound.clock import stamp
from expertgate.wording import say


def answer_of(evidence: Evidence, language: Language, link: str | None = None, link_expires: str | None = None) -> EvidenceAnswer:
    """Return what its owner, or who reviews its case, is told."""
    facts = evidence.facts
    return EvidenceAnswer(
        id=evidence.id,
        purpose=evidence.purpose.value,
        purpose_name=say("sentences", f"purpose_{evidence.purpose}", language),
        state=evidence.state.value,
        message=_message(evidence, language),
        file_name=evidence.file_name,
        media_type=facts.media_type.value if facts else None,
        size=facts.size if facts else None,
        width=facts.width if facts else None,
        height=facts.height if facts else None,
        pages=facts.pages if facts else None,
        colour=facts.colour.value if facts and facts.colour else None,
        sha256=facts.sha256 if facts else None,
        case_id=evidence.case_id,
        link=link,
        link_expires=link_expires,
    )


def _message(evidence: Evidence, language: Language) -> str:
    if evidence.reason:
        rule, facts = evidence.reason
        return say("fields", rule, language, facts)
    if evidence.facts and evidence.facts.colour is Colour.TINTED:
        return say("sentences", "evidence_tinted", language)
    return say("sentences", f"evidence_{evidence.state}", language, {"until": stamp(evidence.ends)})
