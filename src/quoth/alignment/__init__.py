"""Holds a statement against sources: where its words come from, and every edit on the way."""

from quoth.alignment.align import align
from quoth.alignment.by_speaker import align_beside
from quoth.matching.passages import Prepared, prepare

__all__ = ["Prepared", "align", "align_beside", "prepare"]
