"""What a report leaves out, and what of it comes first."""

import re
from hashlib import sha256

from quoth.types import Block, BlockKind, Document, Grade, Piece, Searched, Span, Verdict
from quoth.verdicts.omissions import left_out


def document(text, name="report"):
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, Span(*match.span()).trimmed(text)) for match in re.finditer(r"[^\n]*\S[^\n]*", text)
    )
    return Document(name, text, sha256(text.encode()).hexdigest(), blocks=blocks)


def verdict(report, words, source, origin, grade=Grade.REWORDED):
    here = Span(report.text.index(words), report.text.index(words) + len(words))
    there = Span(source.text.index(origin), source.text.index(origin) + len(origin))
    return Verdict("s1", grade, 1.0, (Piece(here, source.id, there),), (), "", Searched(1, 1))


FAR = "\n\n".join(f"The orchestra of Velm Street played waltz number {number} in the park." for number in range(3, 30))
SPEECH = document(
    f"{FAR}\n\nThe ferry to Ostrel sails again in June. It will carry no lorries until the ramp is mended.\n\n{FAR}",
    "source",
)
REPORT = document("The minister said the ferry to Ostrel would sail again in June.")
TAKEN = verdict(
    REPORT, "the ferry to Ostrel would sail again in June", SPEECH, "The ferry to Ostrel sails again in June."
)


def words_of(found, source=SPEECH):
    return [one.span.of(source.text) for one in found]


def test_what_stands_beside_the_words_that_a_report_takes_comes_first():
    assert words_of(left_out(REPORT, (), (TAKEN,), [SPEECH]))[0] == "It will carry no lorries until the ramp is mended."


def test_every_sentence_that_is_left_out_is_listed_however_many_there_are():
    long = document(
        "\n".join(f"Ward {number} of Lunde elects a keeper of its well." for number in range(300)), "source"
    )
    assert len(left_out(document("Nothing was told by anybody."), (), (), [long])) == 300


def test_a_short_denial_is_left_out_too():
    source = document("The mayor took the money. That is false. Good.", "source")
    report = document("A paper of Lunde wrote about gardens.")
    assert "That is false." in words_of(left_out(report, (), (), [source]), source)
    assert "Good." not in words_of(left_out(report, (), (), [source]), source)


def test_questions_and_labels_of_turns_are_never_left_out():
    source = document(
        "Q: Who pays for the new ramp?\n\nHOLM: The harbour pays for the new ramp.\n\n"
        "Q: And the old ramp?\n\nHOLM: We sold the old ramp to a farmer.",
        "source",
    )
    found = words_of(left_out(document("A paper of Lunde wrote about gardens."), (), (), [source]), source)
    assert sorted(found) == ["The harbour pays for the new ramp.", "We sold the old ramp to a farmer."]


def test_a_passage_that_may_not_carry_a_statement_is_still_left_out():
    unclear = verdict(
        REPORT, "would sail again in June", SPEECH, "It will carry no lorries until the ramp is mended.", Grade.UNCLEAR
    )
    assert "It will carry no lorries until the ramp is mended." in words_of(left_out(REPORT, (), (unclear,), [SPEECH]))
