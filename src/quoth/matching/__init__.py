"""Candidate passages of a source: seeds, chains and ranking, for alignment and for search."""

from quoth.matching.passages import Prepared, prepare

__all__ = ["Prepared", "prepare"]
