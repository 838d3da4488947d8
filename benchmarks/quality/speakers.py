"""How often the resolved speaker is the right one, on documents with marked coreference (GUM).

    python benchmarks/quality/speakers.py DOCS.jsonl [--all] [--rules] [--errors N] [--genre news]

A statement is made of every clause whose verb speaks and whose subject is a marked mention; with --all, of every clause
whose subject is "he" or "she". What was marked as one entity gives the right name: the proper names among its mentions.
A subject whose entity has no proper name should stay unnamed. A name is right when all words of the one are in the
other, titles aside.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

from quoth.doc.name_tables import words
from quoth.entities import link
from quoth.models.loading import load_tools
from quoth.models.ports import RULES_ONLY, Recogniser
from quoth.types import Block, BlockKind, Document, Mode, Span, Statement, statement_id

ARTICLES = {"the", "a", "an"}
TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "lord", "lady", "sen", "rep", "gov", "gen", "col"}
OPENING = 3  # characters, such as a comma and a blank, before the first mark of direct speech
SINGULAR = {"he", "she"}
PRONOUNS = SINGULAR | {"they", "it", "who", "which", "that", "we", "i", "you"}


def main() -> None:
    """Read the documents, link them, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--all", action="store_true", help="every clause with he or she, not only speech")
    parser.add_argument("--rules", action="store_true", help="without the trained recogniser")
    parser.add_argument("--errors", type=int, default=0, help="how many errors to print")
    parser.add_argument("--genre", default="", help="only this genre")
    arguments = parser.parse_args()
    recogniser = (RULES_ONLY if arguments.rules else load_tools()).recogniser
    counts: Counter[tuple[str, str]] = Counter()
    errors: list[str] = []
    for line in arguments.docs.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if arguments.genre in record["genre"]:
            measure(record, recogniser, counts, errors, every=arguments.all)
    for kind in sorted({kind for kind, _ in counts}):
        right, total = counts[kind, "right"], counts[kind, "total"]
        print(f"{kind:12} {right:5} of {total:5}  {100 * right / total:5.1f}")
    for error in errors[: arguments.errors]:
        print(error)


def measure(
    record: dict, recogniser: Recogniser | None, counts: Counter[tuple[str, str]], errors: list[str], *, every: bool
) -> None:
    """Link one document and count the right speakers by kind of subject."""
    text = record["text"]
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, Span(*match.span()).trimmed(text)) for match in re.finditer(r"[^\n]*\S[^\n]*", text)
    )
    report = Document(record["id"], text, "", published=record.get("date"), blocks=blocks)
    gold = {}
    statements = []
    for span, names, content, verb in subjects(record, every=every):
        quoted = re.search(r"[“”\"]", content.of(text))
        mode = Mode.INDIRECT if not quoted else Mode.MIXED if quoted.start() > OPENING else Mode.DIRECT
        name = statement_id(record["id"], [span, content], mode)
        one = Statement(name, record["id"], mode, (content,), (verb,), (span,))
        gold[one.id] = names
        statements.append(one)
    linked, entities = link([report], tuple(statements), recogniser)
    known = {entity.id: entity for entity in entities}
    for one in linked:
        source = one.source[0].of(text)
        kind = source.casefold() if source.casefold() in PRONOUNS else "name" if is_named(source) else "description"
        entity = known.get(one.speaker or "")
        names = gold[one.id]
        if names:
            right = entity is not None and any(
                same_name(name, found) for name in names for found in (entity.name, *entity.aliases)
            )
        else:
            kind = f"{kind}-"
            right = entity is None or not entity.named
        counts[kind, "total"] += 1
        counts[kind, "right"] += right
        group = "named" if names else "unnamed"
        counts[group, "total"] += 1
        counts[group, "right"] += right
        if not right:
            found = f"{entity.name} ({entity.named})" if entity else "nobody"
            place = f"{record['id']} {one.source[0].start}"
            errors.append(f"{place}: {source[:60]!r} -> {found}; should be {sorted(names)[:3]}")


def subjects(record: dict, *, every: bool) -> list[tuple[Span, set[str], Span, Span]]:
    """Subjects of the clauses asked for: mention, proper names of its entity, the clause's words after it, its verb."""
    text, tokens = record["text"], record["tokens"]
    spoken = words().speech
    by_span = {tuple(mention): entity for entity in record["entities"] for mention in entity["mentions"]}
    starts = {start: number for number, start in enumerate(tokens["start"])}
    found = []
    for sentence in record["sentences"]:
        for number in range(sentence["first"], sentence["first"] + sentence["tokens"]):
            if tokens["deprel"][number] != "nsubj" or tokens["head"][number] < 0:
                continue
            head = tokens["head"][number]
            verb = Span(tokens["start"][head], tokens["end"][head])
            subject = text[tokens["start"][number] : tokens["end"][number]].casefold()
            if not (subject in SINGULAR if every else verb.of(text).casefold() in spoken):
                continue
            mentions = [
                span
                for span in by_span
                if span[0] <= tokens["start"][number]
                and tokens["end"][number] <= span[1]
                and not span[0] <= verb.start < span[1]
                and head_of(span, tokens, starts) == number
            ]
            if not mentions:
                continue
            span = max(mentions, key=lambda one: one[1] - one[0])
            entity = by_span[span]
            if entity["type"] not in {"person", "organization", "place"}:
                continue
            names = {text[s:e] for s, e in entity["mentions"] if is_proper((s, e), tokens, starts)}
            end = sentence["span"][1]
            content = Span(max(verb.end, span[1]), end).trimmed(text)
            if content.length > 1:
                found.append((Span(*span), names, content, verb))
    return found


def head_of(span: tuple[int, int], tokens: dict, starts: dict[int, int]) -> int:
    """The token of a mention whose head lies outside it."""
    if span[0] not in starts:
        return -1
    inside = []
    number = starts[span[0]]
    while number < len(tokens["start"]) and tokens["start"][number] < span[1]:
        inside.append(number)
        number += 1
    return next((one for one in inside if tokens["head"][one] not in inside), -1)


def is_proper(span: tuple[int, int], tokens: dict, starts: dict[int, int]) -> bool:
    """Whether the mention's chief word is a proper noun."""
    head = head_of(span, tokens, starts)
    return head >= 0 and tokens["upos"][head] == "PROPN"


def is_named(source: str) -> bool:
    """Whether a source looks like a name: a capital after its first word or no article before it."""
    return any(word[:1].isupper() for word in source.split()[1:]) or (
        source[:1].isupper()
        and source.split(maxsplit=1)[0].casefold() not in {"the", "a", "an", "some", "his", "her", "their"}
    )


def same_name(first: str, second: str) -> bool:
    """Whether one name's words are all in the other; titles and accents do not count."""
    one, other = name_words(first), name_words(second)
    return bool(one and other) and (one <= other or other <= one)


def name_words(name: str) -> set[str]:
    """The words of a name without case, accents, titles and possessive endings."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return set(re.findall(r"\w+", re.sub(r"['’]s\b", "", plain))) - TITLES - ARTICLES


if __name__ == "__main__":
    main()
