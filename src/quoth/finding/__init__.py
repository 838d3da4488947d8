"""Floor 3: the archive's index; a report or a quotation to the sources it may draw on.

index   `Index`: an append-only folder of memory-mapped segments
finder  `find_by_wording`: passages that stand in a document word for word, or nearly
port    what finding asks of whoever keeps the documents, and what it answers
"""

from quoth.finding.finder import find_by_wording
from quoth.finding.index import Index, cleared
from quoth.finding.port import By, FoundPassage, FoundSource
from quoth.finding.words import Vocabulary

__all__ = ["By", "FoundPassage", "FoundSource", "Index", "Vocabulary", "cleared", "find_by_wording"]
