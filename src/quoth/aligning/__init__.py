"""Holds a statement against sources: where its words come from, and every edit on the way."""

from quoth.aligning.preparing import Prepared, prepare
from quoth.aligning.tracing import align

__all__ = ["Prepared", "align", "prepare"]
