"""Grades what an alignment found: which edits are material, and the most serious grade that holds."""

from quoth.grading.deciding import grade

__all__ = ["grade"]
