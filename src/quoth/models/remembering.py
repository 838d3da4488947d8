"""An embedder that reads nothing twice: one stage after another asks for the same sentences.

What is kept is kept for texts that were read together: the weights are int8, so that the vector of a text depends a
little on what is read beside it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from quoth.models.ports import Embedder


class RememberingEmbedder:
    """The port `Embedder` on another one, whose answers are kept for as long as this is."""

    def __init__(self, model: Embedder) -> None:
        """Nothing is read yet."""
        self._model = model
        self._known: dict[tuple[str, ...], npt.NDArray[np.float32]] = {}

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """See `Embedder.embed`."""
        asked = tuple(texts)
        if asked not in self._known:
            self._known[asked] = self._model.embed(asked)
        return self._known[asked]
