"""Holds a statement against sources: where its words come from, and every edit on the way."""

from quoth.aligning.attending import Speakers
from quoth.aligning.preparing import Prepared, prepare
from quoth.aligning.tracing import align

__all__ = ["Prepared", "Speakers", "align", "prepare"]
