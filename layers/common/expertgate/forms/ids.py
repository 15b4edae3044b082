"""Identifiers that could be mixed up are types of their own."""

from typing import NewType

BureauCode = NewType("BureauCode", str)
