"""Grades what an alignment found: which edits are material, and the most serious grade that holds."""

from quoth.verdicts.discrepancies import discrepancies
from quoth.verdicts.grade import grade
from quoth.verdicts.omissions import added, left_out

__all__ = ["added", "discrepancies", "grade", "left_out"]
