"""Analyses that are kept for whoever asks again, bounded in memory."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from quoth.types import Document


class Analysis(Protocol):
    """What is made of a document."""

    document: Document


D = TypeVar("D", bound=Analysis)


class KeptAnalyses(Generic[D]):
    """Analyses of documents that were asked for last, so many characters of text in all."""

    def __init__(self, most: int, make: Callable[[Document], D]) -> None:
        """Nothing is kept yet."""
        self._make = make
        self._most = most
        self._docs: OrderedDict[int, D] = OrderedDict()  # by the identity of their documents, the last asked for last
        self._equal: dict[Document, D] = {}  # to hash a document is to hash all of its text
        self._size = 0

    def get(self, document: Document) -> D:
        """The analysis of a document, made if it is not kept."""
        doc = self._docs.get(id(document)) or self._equal.get(document)
        if doc is None:
            doc = self._docs[id(document)] = self._equal[document] = self._make(document)
            self._size += _size(document)
        self._docs.move_to_end(id(doc.document))
        while self._size > self._most and len(self._docs) > 1:
            _, oldest = self._docs.popitem(last=False)
            del self._equal[oldest.document]
            self._size -= _size(oldest.document)
        return doc

    def drop(self, document: Document) -> None:
        """Keep the analysis of a document no longer."""
        doc = self._equal.pop(document, None)
        if doc is not None:
            del self._docs[id(doc.document)]
            self._size -= _size(doc.document)


def _size(document: Document) -> int:
    """Code points that are read; of a very long source only some blocks are left."""
    return sum(block.span.length for block in document.blocks) or len(document.text)
