"""Floor 2: mentions to entities; statements to their speakers, and to claims and responses."""

from quoth.linking.claiming import claims
from quoth.linking.linking import link

__all__ = ["claims", "link"]
