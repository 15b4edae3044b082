"""Carry out what was decided at the end of a round (task; ADM-08)."""

from expertgate.inbound.tasks import task
from expertgate.review.actions.steps import close_round

handler = task(close_round)
