"""Floor 2: Document to Statements; direct, indirect, nested."""

from quoth.attributing.attribute import attribute, attributed

__all__ = ["attribute", "attributed"]
