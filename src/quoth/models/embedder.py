"""Likeness of meaning: passages to vectors (all-MiniLM-L6-v2 as it is, int8)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quoth.models.session import CLS, SEP, WEIGHTS, WIDTH, Network, Vocabulary, padded

#: Pieces of a text that are read, its two marks included; the base was trained on no more.
LONGEST_TEXT = 256
#: Pieces of a batch, padding included: enough to keep a core busy, little enough to stay in its cache.
PIECES_AT_ONCE = 512


def buckets(lengths: Sequence[int], at_once: int = PIECES_AT_ONCE) -> Iterator[list[int]]:
    """Indices of texts to be read together: alike in length, at most `at_once` pieces with padding, never none."""
    order = sorted(range(len(lengths)), key=lambda index: (lengths[index], index))
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * lengths[index] > at_once:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


class OnnxEmbedder:
    """The port `Embedder` on an ONNX file."""

    def __init__(self, vocabulary: Vocabulary, file: Path = WEIGHTS / "embedder.onnx", *, threads: int = 1) -> None:
        """Opens `file`.

        Raises:
            MissingPart: the file is not there.
        """
        self._vocabulary = vocabulary
        self._network = Network(file, threads=threads)

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Array of shape (len(texts), 384), each row of length 1; a text beyond 254 pieces counts by its beginning."""
        rows = [
            np.concatenate([[CLS], encoded.ids[: LONGEST_TEXT - 2], [SEP]])
            for encoded in self._vocabulary.encode_batch(texts)
        ]
        vectors = np.zeros((len(rows), WIDTH), dtype=np.float32)
        for batch in buckets([len(row) for row in rows]):
            ids, mask = padded([rows[index] for index in batch])
            (vectors[batch],) = self._network.run({"words": self._vocabulary.word_vectors(ids), "mask": mask})
        return vectors
