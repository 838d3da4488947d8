"""Floor 2: Document to Statements; direct, indirect, nested."""

from quoth.attribution.attribute import attribute

__all__ = ["attribute"]
