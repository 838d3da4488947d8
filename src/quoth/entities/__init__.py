"""Mentions to entities; statements to their speakers, and to claims and responses."""

from quoth.entities.claims import claims
from quoth.entities.link import link

__all__ = ["claims", "link"]
