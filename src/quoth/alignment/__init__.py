"""Holds a statement against sources: where its words come from, and every edit on the way."""

from quoth.alignment.align import align
from quoth.alignment.by_speaker import Speakers

__all__ = ["Speakers", "align"]
