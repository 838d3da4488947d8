"""Floor 3: the archive's index; a report or a quotation to the sources it may draw on.

index   `Index`: an append-only folder of memory-mapped segments
finder  `find`: from a report or a statement to the passages that carry it
port    what finding asks of whoever keeps the documents, and what it answers
"""

from quoth.finding.finder import find
from quoth.finding.index import Index, cleared, make_segment
from quoth.finding.merging import PART
from quoth.finding.port import By, FoundPassage, FoundSource
from quoth.finding.words import Vocabulary

__all__ = ["PART", "By", "FoundPassage", "FoundSource", "Index", "Vocabulary", "cleared", "find", "make_segment"]
