"""Grades what an alignment found: which edits are material, and the most serious grade that holds."""

from quoth.grading.deciding import grade
from quoth.grading.discrepancies import discrepancies
from quoth.grading.omissions import added, left_out

__all__ = ["added", "discrepancies", "grade", "left_out"]
