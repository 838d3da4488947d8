"""Which trained models are at hand, each opened when it is first used."""

import os
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from quoth.models.ports import (
    RULES_ONLY,
    Embedder,
    Judge,
    Judgement,
    Recogniser,
    TaggedName,
    TaggedStatement,
    Tagger,
    Tools,
)
from quoth.models.session import WEIGHTS, fingerprint, verify, vocabulary
from quoth.types import Span, UnusableArguments

#: Names the models to use, parted by commas ("tagger,embedder"); "none" for rules only, "all" (the default) for all.
VARIABLE = "QUOTH_MODELS"
PARTS = ("tagger", "recogniser", "embedder", "judge")
#: The files of each model; all must be there.
FILES = {
    "tagger": ("reader.onnx", "tagger_roles.onnx", "tagger.json"),
    "recogniser": ("reader.onnx",),
    "embedder": ("embedder.onnx",),
    "judge": ("judge.onnx",),
}
_SHARED = ("tokenizer.json", "words.npy", "word_scales.npy")

Port = TypeVar("Port")


class _Lazy(Generic[Port]):
    """Opens a model when it is first used, once; what travels to another process is only the wish to open it."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._opened: Port | None = None

    def __getstate__(self) -> int:
        return self._threads

    def __setstate__(self, threads: int) -> None:
        self._threads = threads
        self._opened = None

    def _open(self) -> Port:
        raise NotImplementedError

    @property
    def model(self) -> Port:
        """The opened model."""
        if self._opened is None:
            self._opened = self._open()
        return self._opened


class LazyTagger(_Lazy[Tagger]):
    """The port `Tagger`, opened at the first text."""

    def _open(self) -> Tagger:
        from quoth.models.encoder import reader  # noqa: PLC0415
        from quoth.models.tagger import OnnxTagger  # noqa: PLC0415

        return OnnxTagger(reader(self._threads), threads=self._threads)

    def tag(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedStatement]:
        """See `Tagger.tag`."""
        return self.model.tag(text, paragraphs)


class LazyRecogniser(_Lazy[Recogniser]):
    """The port `Recogniser`, opened at the first text."""

    def _open(self) -> Recogniser:
        from quoth.models.encoder import reader  # noqa: PLC0415
        from quoth.models.ner import OnnxRecogniser  # noqa: PLC0415

        return OnnxRecogniser(reader(self._threads))

    def names(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedName]:
        """See `Recogniser.names`."""
        return self.model.names(text, paragraphs)


class LazyEmbedder(_Lazy[Embedder]):
    """The port `Embedder`, opened at the first text."""

    def _open(self) -> Embedder:
        from quoth.models.embedder import OnnxEmbedder  # noqa: PLC0415

        return OnnxEmbedder(vocabulary(), threads=self._threads)

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """See `Embedder.embed`."""
        return self.model.embed(texts)


class LazyJudge(_Lazy[Judge]):
    """The port `Judge`, opened at the first pair."""

    def _open(self) -> Judge:
        from quoth.models.judge import OnnxJudge  # noqa: PLC0415

        return OnnxJudge(vocabulary(), threads=self._threads)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """See `Judge.judge`."""
        return self.model.judge(pairs)


def load_tools(*, models: bool = True, threads: int = 1, weights: Path = WEIGHTS) -> Tools:
    """The trained models whose weights are installed; opening them is put off until each is first used.

    The environment variable `QUOTH_MODELS` narrows the choice: "none", "all", or names parted by commas.

    Args:
        models: False for rules only, whatever is installed.
        threads: threads that one run of a model may use.
        weights: where the weights are looked for.

    Returns:
        The tools. A model of which a file is missing is None, and the recipe does not name it; for each that is at hand
        the recipe gives the beginning of its weights' SHA-256.

    Raises:
        UnusableArguments: `QUOTH_MODELS` names a model that there is none of.
        DamagedPart: a file of a model that is wanted is not the one that was shipped.
    """
    wanted = _wanted() if models else frozenset()
    if not all((weights / name).is_file() for name in _SHARED):
        return RULES_ONLY
    files = {part: [weights / name for name in FILES[part]] for part in PARTS if part in wanted}
    present = {part: paths for part, paths in files.items() if all(path.is_file() for path in paths)}
    if present:
        verify(weights, [*_SHARED, *chain.from_iterable(FILES[part] for part in present)])
    return Tools(
        tagger=LazyTagger(threads) if "tagger" in present else None,
        recogniser=LazyRecogniser(threads) if "recogniser" in present else None,
        embedder=LazyEmbedder(threads) if "embedder" in present else None,
        judge=LazyJudge(threads) if "judge" in present else None,
        recipe={part: fingerprint(*paths) for part, paths in present.items()},
    )


def _wanted() -> frozenset[str]:
    """The models that the environment asks for."""
    given = os.environ.get(VARIABLE, "all").strip().lower()
    if given in {"", "all"}:
        return frozenset(PARTS)
    if given == "none":
        return frozenset()
    names = frozenset(name.strip() for name in given.split(","))
    unknown = sorted(names - set(PARTS))
    if unknown:
        raise UnusableArguments(
            f"{VARIABLE} names {', '.join(unknown)}; it takes none, all, or some of {', '.join(PARTS)}."
        )
    return names
