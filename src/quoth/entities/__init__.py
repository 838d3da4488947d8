"""Mentions to entities; statements to their speakers, and to claims and responses."""

from quoth.entities.claims import claims
from quoth.entities.link import Linked, link, link_all

__all__ = ["Linked", "claims", "link", "link_all"]
