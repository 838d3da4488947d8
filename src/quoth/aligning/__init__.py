"""Holds a statement against sources: where its words come from, and every edit on the way."""

from quoth.aligning.attending import align_beside
from quoth.aligning.preparing import Prepared, prepare
from quoth.aligning.tracing import align

__all__ = ["Prepared", "align", "align_beside", "prepare"]
