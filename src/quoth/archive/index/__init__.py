"""The archive's index; a report or a quotation to the sources it may draw on.

index   `Index`: an append-only folder of memory-mapped segments
finder  `find`: from a report or a statement to the passages that carry it
port    what finding asks of whoever keeps the documents, and what it answers
"""

from quoth.archive.index.folder_files import created, object_in
from quoth.archive.index.index import Index, clear_parts, made_anew, make_segment, through_of
from quoth.archive.index.search import find
from quoth.archive.index.search_ports import By, FoundPassage, FoundSource
from quoth.archive.index.segment_merger import PART
from quoth.archive.index.vocabulary import Vocabulary

__all__ = [
    "PART",
    "By",
    "FoundPassage",
    "FoundSource",
    "Index",
    "Vocabulary",
    "clear_parts",
    "created",
    "find",
    "made_anew",
    "make_segment",
    "object_in",
    "through_of",
]
