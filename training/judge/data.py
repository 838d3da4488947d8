"""The rows of public sets that the judge learns from and is measured on, and which of them no training may see."""

import hashlib
import json
import lzma
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quoth.doc.sentences import sentences

#: The four answers, in the order of the network's scores.
CARRIED, PARTLY, CHANGED, ABSENT = range(4)
ANSWERS = ("carried", "partly", "changed", "absent")
NOT = (PARTLY, CHANGED, ABSENT)
#: What a label of a set allows; several answers where the set does not say which.
_LABELS = {
    "carried": (CARRIED,),
    "partly": (PARTLY,),
    "changed": (CHANGED,),
    "absent": (ABSENT,),
    "not_carried": NOT,
}
#: Sets whose "absent" is the neutral of inference: not decided by the premise, some of it may stand there.
_NEUTRAL = ("mnli", "cad_nli", "conjnli", "healthver", "med_")
#: Retellings and claims: the kinds that the judge's figures are means over.
RETELLINGS = ("defacto", "xsumfaith", "fib", "summedits", "entfa", "wice_claims", "factcheckbench")
#: Words on end that show a passage to be (a part of) one that is held out, and the share of them that counts.
_SHINGLE, _OVERLAP = 8, 0.2
#: The share of its words on end that an article may share with a real report that is measured on.
_SHARED = 0.005
_PRONOUNS = {"He", "She", "They", "We", "I", "It", "You"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A reported clause, the passage it is held against, and the answers that are right."""

    reported: str
    original: str
    right: tuple[int, ...]


def records(file: Path) -> list[dict]:
    """The records of a JSON Lines file, packed or not."""
    data = lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").split("\n") if line]


def held_out(row: dict) -> bool:
    """Whether a row belongs to the fifth of its set that nothing is trained on."""
    key = row.get("group") or row["premise"]
    return int(hashlib.sha1(str(key).encode("utf-8")).hexdigest(), 16) % 5 == 0


def letters(text: str) -> str:
    """The letters and digits of a text in lower case."""
    return "".join(character for character in text.lower() if character.isalnum())


def _shingles(text: str) -> set[int]:
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[at : at + _SHINGLE])) for at in range(len(words) - _SHINGLE + 1)}


class Barred:
    """Texts of held-out rows: whatever other set holds one of them, too, is left out of training."""

    def __init__(self, sets: Mapping[str, Sequence[dict]]) -> None:
        self._passages: set[str] = set()
        self._shingles: set[int] = set()
        self._claims: defaultdict[str, set[str]] = defaultdict(set)
        for name, rows in sets.items():
            for row in filter(held_out, rows):
                self._passages.add(letters(row["premise"]))
                self._shingles |= _shingles(row["premise"])
                self._claims[letters(row["hypothesis"])].add(name)

    def holds(self, name: str, *texts: str) -> bool:
        """Whether a text of a row of the set `name` is held out: a passage, much of one, or another set's claim."""
        for text in texts:
            known = letters(text)
            own = _shingles(text)
            if known in self._passages or self._claims.get(known, set()) - {name}:
                return True
            if len(own) >= _SHINGLE and len(own & self._shingles) > _OVERLAP * len(own):
                return True
        return False


def carried(folder: Path) -> dict[str, list[dict]]:
    """All rows of passages and statements, by set."""
    return {file.name.removesuffix(".jsonl.xz"): records(file) for file in sorted(folder.glob("carried/*.jsonl.xz"))}


def answers(name: str, row: dict) -> tuple[int, ...]:
    """The answers that a row's label allows."""
    if row["label"] == "absent" and name.startswith(_NEUTRAL):
        return (PARTLY, ABSENT)
    return _LABELS[row["label"]]


def tidy(text: str) -> str:
    """Text of a corpus that sets marks apart ("a , b", "`` c ''", "-LRB-"), as print has it."""
    text = text.replace("-LRB-", "(").replace("-RRB-", ")").replace("-LSB-", "[").replace("-RSB-", "]")
    text = re.sub(r"``|''|` `|' '", '"', text)
    text = re.sub(r"\s+([,.;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[$])\s+", r"\1", text)
    return re.sub(r"\s+('s|'|n't|'re|'ll|'ve)(?=\s|$)", r"\1", text).replace("  ", " ").strip()


def learned(folder: Path) -> dict[str, list[Pair]]:
    """What of the sets may be trained on, by set.

    Args:
        folder: of the corpora.

    Returns:
        Rows by set, without the held-out fifth and without whatever has a held-out text.
    """
    sets = carried(folder)
    barred = Barred(sets)
    found = {}
    for name, rows in sets.items():
        found[name] = [
            Pair(row["hypothesis"], row.get("passage") or row["premise"], answers(name, row))
            for row in rows
            if not held_out(row) and not barred.holds(name, row["premise"], row["hypothesis"])
        ]
    found.update(_pairs(folder, barred))
    return found


def _pairs(folder: Path, barred: Barred) -> Iterator[tuple[str, list[Pair]]]:
    """The pairs of sentences that may be trained on: PAWS less the fidelity set's, SNLI, FEVER, Climate-FEVER."""
    measured = _fidelity(folder)
    rows = [(tidy(r["b"]), tidy(r["a"]), r["label"]) for r in records(folder / "pairs/pawsx_dev_en.jsonl")]
    yield (
        "paws",
        [
            Pair(ours, theirs, (CARRIED,) if label else NOT)
            for ours, theirs, label in rows
            if not {letters(ours), letters(theirs)} & measured
        ],
    )
    meant = {
        "entailment": (CARRIED,),
        "contradiction": (CHANGED,),
        "neutral": (PARTLY, ABSENT),
        "SUPPORTS": (CARRIED,),
        "REFUTES": (CHANGED,),
        "NOT_ENOUGH_INFO": (PARTLY, ABSENT),
    }
    for name in ("snli_part_dev", "snli_part_test", "fever_symmetric_dev", "fever_symmetric_test", "climate_fever"):
        rows = [(tidy(r["b"]), tidy(r["a"]), r["label"]) for r in records(folder / f"pairs/{name}.jsonl")]
        yield name, [Pair(b, a, meant[label]) for b, a, label in rows if not barred.holds(name, a, b)]


def _fidelity(folder: Path) -> set[str]:
    """Sentences of the fidelity set that come from PAWS, letters only: the set measures."""
    found = set()
    for record in records(folder / "fidelity/dev.jsonl"):
        if "paws" in record["family"]:
            found |= {letters(record["reported"]), letters(record["original"])}
    return found


def strengths(folder: Path) -> list[tuple[str, int]]:
    """Sentences with the strength of their claim, 0 to 3."""
    return [(r["a"], r["label"]) for r in records(folder / "pairs/corr2cause.jsonl")]


#: A sentence that can be read by itself: no marks out of pair, no debris of a page, and a verb that is finite.
_BROKEN = re.compile(r"[â�*|_<>@\\]|http|www|\? [a-z]|--| :")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|had|can|could|must|should|may|might|do|does|did|am|need|needs|want|wants|believe"
    r"|said|made|gave|took|went|came|\w{3,}ed)\b"
)
_TAIL = re.compile(
    r"[,.!?]?[\"”]?,? (?:(?:[Ss]aid|added|continued|concluded|stated) [A-Z][^,]*"
    r"|[^,\"”]{3,40} (?:said|added|stated))\.?$"
)


def whole(sentence: str) -> str | None:
    """The sentence without marks of quotation and who said it, if it can stand by itself."""
    text = _TAIL.sub(".", sentence.strip().strip('"“” ')).replace('"', "").replace("“", "").replace("”", "").strip()
    words = text.split()
    if (
        not 5 <= len(words) <= 45
        or _BROKEN.search(text)
        or not _FINITE.search(text)
        or text.count("(") != text.count(")")
    ):
        return None
    if not text[0].isupper() or text.isupper() or (words[0].isupper() and len(words[0]) > 4) or text[-1] not in ".!":
        return None
    return text


def releases(folder: Path, rng: random.Random, share: float) -> list[tuple[str, list[str]]]:
    """Sentences in order of a share of the releases of US senators, with the senator ("Sen. Name")."""
    made: list[tuple[str, list[str]]] = []
    with lzma.open(folder / "archive/senate.jsonl.xz", "rt", encoding="utf-8") as opened:
        for line in opened:
            if rng.random() > share:
                continue
            record = json.loads(line)
            text = record["text"][:12000].replace('\\"', '"').replace("\\'", "'").replace("\n", "\n\n")
            text = re.sub(r"[ \t]+", " ", text)
            kept = [one for span in sentences(text) if (one := whole(span.of(text)))]
            if len(kept) > 5:
                made.append((record["publisher"], kept[:60]))
    return made


def _press(folder: Path) -> list[dict]:
    """The training articles of PolNeAR without those that share words on end with a report that is measured on."""
    measured: set[int] = set()
    for file in folder.glob("reports/*/*.txt"):
        measured |= _shingles(file.read_text(encoding="utf-8"))
    return [
        record
        for record in records(folder / "polnear/train.jsonl")
        if len((own := _shingles(record["text"])) & measured) <= _SHARED * len(own)
    ]


def _words(text: str, spans: list[list[int]]) -> str:
    return " ".join(" ".join(text[start:end].split()) for start, end in spans)


def articles(folder: Path) -> list[tuple[list[str], list[tuple[int, str, str, str]]]]:
    """Press reports: sentences, and (sentence, source, cue, content) of what stands in one of them.

    Only attributions whose source is a name and stands before the cue, and the cue before the content.
    """
    made = []
    for record in _press(folder):
        text = record["text"]
        spans = sentences(text)
        said = []
        for one in record["attributions"]:
            parts = [one["source"], one["cue"], one["content"]]
            if not all(len(part) == 1 for part in parts):
                continue
            (start, source_end), (cue_start, cue_end), (content_start, end) = (part[0] for part in parts)
            spot = next((at for at, span in enumerate(spans) if span.start <= start and end <= span.end), None)
            source, cue, content = (_words(text, part) for part in parts)
            if spot is None or not source_end <= cue_start or not cue_end <= content_start:
                continue
            if (
                source[:1].isupper()
                and len(source.split()) <= 6
                and len(content.split()) > 4
                and source not in _PRONOUNS
            ):
                said.append((spot, source, cue, content))
        if said:
            made.append(([" ".join(span.of(text).split()) for span in spans], said))
    return made


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells in its own words, held against somebody's words that it quotes, as a reader labelled it."""

    article: str
    source: str
    cue: str
    content: str
    quoted: str
    answer: int

    def held_out(self) -> bool:
        """Whether the row belongs to the fifth that nothing is trained on."""
        return int(self.article, 16) % 5 == 0


def told(folder: Path, labels: Path = Path(__file__).parent / "told.jsonl") -> list[Told]:
    """The labelled pairs of press reports; the labels are ours and name places of PolNeAR's articles."""
    known = {hashlib.sha1(record["id"].encode()).hexdigest()[:12]: record for record in _press(folder)}
    made = []
    for row in records(labels):
        record = known.get(row["article"])
        if record is None:
            continue
        by_id = {one["id"]: one for one in record["attributions"]}
        ours, theirs = by_id[row["told"]], by_id[row["quoted"]]
        parts = (
            _words(record["text"], spans) for spans in (ours["source"], ours["cue"], ours["content"], theirs["content"])
        )
        source, cue, content, quoted = parts
        quoted = re.sub(r'[“”"]', "", quoted)
        made.append(Told(row["article"], source, cue, content, quoted, ANSWERS.index(row["label"])))
    return made
