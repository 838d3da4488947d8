"""Document to Statements; direct, indirect, nested."""

from quoth.attribution.attribute import attribute, attributed

__all__ = ["attribute", "attributed"]
