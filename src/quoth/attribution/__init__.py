"""Document to Statements; direct, indirect, nested."""

from quoth.attribution.attribute import attribute, attributed, without_attitudes

__all__ = ["attribute", "attributed", "without_attitudes"]
