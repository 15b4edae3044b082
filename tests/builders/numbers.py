"""The invented numbers of the local samples, under the name tests use."""

from infra.local.samples.numbers import Numbers

__all__ = ["Numbers"]
