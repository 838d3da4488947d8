"""Holds a statement against sources: where its words come from, and every edit on the way."""

from quoth.alignment.align import align

__all__ = ["align"]
