"""Twenty stories of our own with answers to claims, and with sentences that look like answers: see claims.jsonl."""

import json
from pathlib import Path

from quoth.entities import claims
from quoth.models.loading import load_tools
from quoth.pipeline.jobs import statements_of
from quoth.reading import read_text

LINES = (Path(__file__).parent / "claims.jsonl").read_text(encoding="utf-8").splitlines()
STORIES = [json.loads(line) for line in LINES]
RIGHT, FOUND = 0.9, 0.5  # of the answers listed, those that are right; of the answers there are, those that are listed


def listed(text):
    """(words of an answer, names of whose claim it answers), for each that Quoth lists."""
    document = read_text(text, "story")
    statements, entities = statements_of(document, load_tools())
    words = {one.id: " ".join(span.of(text) for span in one.content) for one in statements}
    names = {one.id: " ".join((one.name, *one.aliases)).casefold() for one in entities}
    return [
        (words[response.statement], names[claim.by])
        for claim in claims(document, statements, entities)
        for response in claim.responses
    ]


def test_answers_are_found_and_what_looks_like_one_is_not_taken_for_one():
    wanted = right = found = every = 0
    alike = []
    for story in STORIES:
        given = listed(story["text"])
        of = [[one for one in story["answers"] if one["words"] in words] for words, _ in given]
        good = [
            {one["words"] for one in some if one["to"].casefold() in names}
            for some, (_, names) in zip(of, given, strict=True)
        ]
        wanted += len(story["answers"])
        every += len(given)
        right += sum(bool(some) for some in good)
        found += len(set().union(*good))
        alike += [words for words, _ in given if any(look in words for look in story["look_alikes"])]
    assert not alike
    assert right >= RIGHT * every
    assert found >= FOUND * wanted
