"""Pictures that go with a form: uploaded by the sender for this field, checked, in colour (ADM-05)."""

from expertgate.evidence.actions.files import require
from expertgate.outbound.world import World


def check_pictures(world: World, owner: str, pictures: dict[str, str], case_id: str | None) -> None:
    """Demand that each picture passed its check and is free, or belongs to the case that is corrected.

    The field's name is the purpose of the upload; black and white was refused there. Raises EvidenceMissing, EvidenceNotChecked,
    EvidencePurposeWrong, EvidenceInUse.
    """
    for purpose, evidence_id in pictures.items():
        require(world, evidence_id, owner, purpose, case_id, field=f"attachments.{purpose}")
