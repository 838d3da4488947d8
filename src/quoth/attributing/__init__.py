"""Floor 2: Document to Statements; direct, indirect, nested."""

from quoth.attributing.attribute import attribute

__all__ = ["attribute"]
