"""What every trained model stands on: one vocabulary, one table of word vectors, one way to open a network.

All networks are stacks of the same kind (MiniLM, 6 layers, 384 wide) and share the word vectors of the base, which are
kept once, as int8 with one scale for each row, and are looked up here and not inside the networks. A network is fed
`inputs_embeds`, so that each further one costs only its layers (about 11 MB).

`onnxruntime` is imported when a model is first opened, never when Quoth is.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from quoth.models.pieces import WordPieces
from quoth.types import DamagedPart, MissingPart

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WEIGHTS = Path(__file__).parent / "weights"
#: Beside the weights, as `sha256sum` writes it: what every file of them must be.
SUMS = "SHA256SUMS"
#: Set before onnxruntime is imported: it would otherwise keep a queue of telemetry in the user's home and look up the
#: address that it goes to.
SILENT = {"ORT_DISABLE_TELEMETRY": "1"}
#: Width of the vectors of every stack.
WIDTH = 384
#: Pieces that a stack can read at once: its table of positions ends there.
LONGEST = 512
#: Ids that the vocabulary reserves.
PAD, UNKNOWN, CLS, SEP = 0, 100, 101, 102
#: Texts and words of which what was found out is kept for the next to ask.
_REMEMBERED = 256
_WORDS_REMEMBERED = 8192

Ids: TypeAlias = npt.NDArray[np.int64]
Vectors: TypeAlias = npt.NDArray[np.float32]


class Encoded(NamedTuple):
    """A text in pieces.

    Attributes:
        ids: one id for each piece, shape (n,); no special ids are added.
        offsets: `[start, end)` of each piece, in code points of the text, shape (n, 2).
    """

    ids: Ids
    offsets: Ids


class Vocabulary:
    """The word pieces of the base and their vectors.

    The vocabulary is uncased and strips accents; whoever needs case reads it off the text by the offsets.
    """

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Opens `tokenizer.json`, `words.npy` (int8, one row a piece, memory-mapped) and `word_scales.npy` (float32).

        Raises:
            MissingPart: a file is not there.
        """
        files = [weights / name for name in ("tokenizer.json", "words.npy", "word_scales.npy")]
        for file in files:
            if not file.is_file():
                raise MissingPart(f"The trained models need {file.name}, which is not installed.")
        self._pieces = WordPieces(files[0])
        self._encode = lru_cache(maxsize=_REMEMBERED)(self._encoded)  # tagger and recogniser read the same paragraphs
        self._words: npt.NDArray[np.int8] = np.load(files[1], mmap_mode="r")
        self._scales: Vectors = np.load(files[2])

    def encode(self, text: str) -> Encoded:
        """The pieces of `text`; offsets in code points, pieces in reading order. The arrays are not to be changed."""
        return self._encode(text)

    def _encoded(self, text: str) -> Encoded:
        found = self._pieces.encode(text)
        offsets = np.array((found.starts, found.ends), dtype=np.int64).T
        return Encoded(np.array(found.ids, dtype=np.int64), np.ascontiguousarray(offsets))

    def encode_batch(self, texts: Sequence[str]) -> list[Encoded]:
        """The pieces of each of `texts`."""
        return [self.encode(text) for text in texts]

    def word_vectors(self, ids: Ids) -> Vectors:
        """The vector of each piece: shape (..., 384) for ids of shape (...)."""
        vectors: Vectors = self._words[ids].astype(np.float32)
        vectors *= self._scales[ids][..., None]
        return vectors


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary of the shipped weights, opened once in a process.

    Raises:
        MissingPart: its files are not installed.
    """
    return Vocabulary()


def silent_onnxruntime() -> Any:  # noqa: ANN401  # a module
    """onnxruntime, which sends no telemetry; imported with the first model, not with Quoth."""
    os.environ.update(SILENT)
    import onnxruntime  # noqa: PLC0415

    if hasattr(onnxruntime, "disable_telemetry_events"):  # for whoever imported it before
        onnxruntime.disable_telemetry_events()
    return onnxruntime


class Network:
    """One ONNX file, opened for the CPU with little memory."""

    def __init__(self, file: Path, *, threads: int = 1) -> None:
        """Opens `file`.

        Args:
            file: the ONNX file.
            threads: threads that one run may use; 1 is best where several processes share the cores.

        Raises:
            MissingPart: the file is not there.
            DamagedPart: it is no model that onnxruntime can open.
        """
        if not file.is_file():
            raise MissingPart(f"The trained model {file.name} is not installed.")
        ort = silent_onnxruntime()
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
        # Batches are small and never larger than a bound, so the arena stays at a few megabytes; without one every
        # product is given fresh pages by the system, which costs a third of the time.
        options.enable_cpu_mem_arena = True
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # the fused sum and norm of onnxruntime is several times slower than the two by themselves
        try:
            self._session: InferenceSession = ort.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
            )
        except Exception as error:  # its own classes, which have no common name
            raise DamagedPart(f"The trained model {file.name} cannot be opened; install Quoth anew.") from error
        self._inputs = frozenset(given.name for given in self._session.get_inputs())
        self.outputs: tuple[str, ...] = tuple(made.name for made in self._session.get_outputs())

    def run(self, feeds: Mapping[str, npt.NDArray[Any]], outputs: Sequence[str] | None = None) -> list[Vectors]:
        """The outputs for `feeds`: all in the file's order, or those named; a feed that is no input is dropped."""
        known = {name: value for name, value in feeds.items() if name in self._inputs}
        found: list[Vectors] = self._session.run(list(outputs) if outputs else None, known)
        return found


def padded(rows: Sequence[npt.NDArray[np.int64]], fill: int = 0) -> tuple[Ids, Ids]:
    """Rows of unequal length as one array (rows, longest), and the mask of what is no padding (1 or 0)."""
    longest = max((len(row) for row in rows), default=0)
    values = np.full((len(rows), longest), fill, dtype=np.int64)
    mask = np.zeros((len(rows), longest), dtype=np.int64)
    for index, row in enumerate(rows):
        values[index, : len(row)] = row
        mask[index, : len(row)] = 1
    return values, mask


#: Shapes of words, by which an uncased stack is told of case: lower case, Title, CAPITALS, digits, a mark.
LOWER, TITLE, CAPITALS, DIGITS, MARK = range(5)
#: Shapes there are, with one kept for what is no word (special pieces, padding).
SHAPES = 6
NO_SHAPE = 5


@lru_cache(maxsize=_WORDS_REMEMBERED)
def shape(word: str) -> int:
    """The shape of a word, one of `LOWER`, `TITLE`, `CAPITALS`, `DIGITS`, `MARK`.

    A word of mixed case counts as `TITLE` ("McAllen", "iPad"); one that holds a digit as `DIGITS` ("1990s").
    """
    if any(character.isdigit() for character in word):
        return DIGITS
    if not any(character.isalpha() for character in word):
        return MARK
    if word == word.lower():  # also letters of scripts that have no case
        return LOWER
    return CAPITALS if len(word) > 1 and word.isupper() else TITLE


def shapes(text: str, offsets: Ids) -> Ids:
    """The shape of the whole word that each piece belongs to, shape (n,).

    Pieces that touch and are all letters or digits belong to one word, as the vocabulary cuts words.
    """
    made = np.full(len(offsets), MARK, dtype=np.int64)
    for first, last in word_ranges(text, offsets):
        made[first:last] = shape(text[int(offsets[first, 0]) : int(offsets[last - 1, 1])])
    return made


def word_ranges(text: str, offsets: Ids) -> list[tuple[int, int]]:
    """Which pieces make up each word: ranges `[first, last)` of pieces that touch and hold letters or digits only."""
    starts, ends = offsets.T.tolist()
    begins = np.ones(len(starts), dtype=bool)
    for index in (np.flatnonzero(offsets[1:, 0] == offsets[:-1, 1]) + 1).tolist():
        if text[starts[index] : ends[index]].isalnum() and text[starts[index - 1] : ends[index - 1]].isalnum():
            begins[index] = False
    return list(pairwise([*np.flatnonzero(begins).tolist(), len(starts)]))


@lru_cache(maxsize=16)
def fingerprint(*files: Path) -> str:
    """The first twelve hexadecimal digits of the SHA-256 of files on end, by which the recipe names weights."""
    if len(files) == 1:
        return _digest(files[0])[:12]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=32)
def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def verify(weights: Path, names: Iterable[str]) -> None:
    """Compare files of weights with the sums beside them; a folder without sums vouches for nothing.

    Args:
        weights: the folder.
        names: the files in it.

    Raises:
        DamagedPart: a file is not the one that the sums are of, cannot be read, or has no sum.
    """
    if not (weights / SUMS).is_file():
        return
    lines = (weights / SUMS).read_text(encoding="ascii", errors="replace").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in dict.fromkeys(names):
        try:
            digest = _digest(weights / name)
        except OSError as error:
            raise DamagedPart(f"The trained model's file {name} cannot be read: {error.strerror}.") from error
        if digest != sums.get(name):
            raise DamagedPart(
                f"The trained model's file {name} is damaged (it is not what was shipped); install Quoth anew, or use "
                "--rules."
            )
