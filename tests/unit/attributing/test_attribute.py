"""What the rules find, on sentences of invented stories."""

import pytest

from quoth.attributing import attribute
from quoth.values import Act, Block, BlockKind, Document, Mode, Span, Statement


def found(text: str, blocks: tuple[Block, ...] = ()) -> list[dict[str, object]]:
    """The statements of a text as words."""
    statements = attribute(Document("d", text, "", blocks=blocks))
    return [
        {
            "source": " ".join(span.of(text) for span in one.source),
            "cue": " ".join(span.of(text) for span in one.cue),
            "content": " ... ".join(span.of(text) for span in one.content),
            "mode": one.mode,
            "act": one.act,
            "negated": one.negated,
            "within": one.within,
        }
        for one in statements
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "mode"),
    [
        (
            "Mira Orla, the harbour minister, said that the pier would reopen.",
            "Mira Orla, the harbour minister",
            "said",
            "that the pier would reopen",
            Mode.INDIRECT,
        ),
        ("“The pier will reopen soon,” Orla said.", "Orla", "said", "The pier will reopen soon,", Mode.DIRECT),
        (
            "“The pier will reopen soon,” said Mira Orla.",
            "Mira Orla",
            "said",
            "The pier will reopen soon,",
            Mode.DIRECT,
        ),
        ("It stressed that “the claim is groundless.”", "It", "stressed", "the claim is groundless.", Mode.DIRECT),
        (
            "The pier will reopen in May, the ministry said.",
            "the ministry",
            "said",
            "The pier will reopen in May",
            Mode.INDIRECT,
        ),
        (
            "The pier will reopen in May, according to a letter.",
            "a letter",
            "according to",
            "The pier will reopen in May",
            Mode.INDIRECT,
        ),
        ("She told Harbour Wire that the pier was safe.", "She", "told", "that the pier was safe", Mode.INDIRECT),
    ],
)
def test_speech_is_found_with_its_source_and_cue(text: str, source: str, cue: str, content: str, mode: Mode) -> None:
    (one,) = found(text)
    assert (one["source"], one["cue"], one["content"], one["mode"]) == (source, cue, content, mode)


def test_a_quotation_around_its_cue_is_one_statement_of_two_spans() -> None:
    (one,) = found("“We will rebuild,” she said. “Nobody will stop us.”")
    assert one["content"] == "We will rebuild, ... Nobody will stop us."
    assert one["mode"] is Mode.DIRECT


def test_a_claim_inside_another_report_stands_within_it() -> None:
    text = "According to Valdoran media, the commander claimed that the border was closed."
    outer, inner = attribute(Document("d", text, ""))
    assert inner.within == outer.id


def test_a_denial_is_a_denial_and_a_negated_cue_is_negated() -> None:
    (denial,) = found("The ministry denied that the pier was closed.")
    (silence,) = found("The ministry did not say that the pier was closed.")
    assert denial["act"] is Act.DENY
    assert not denial["negated"]
    assert silence["negated"]


def test_a_caption_holds_no_statement() -> None:
    text = "The minister said that the pier was safe."
    assert found(text, (Block(BlockKind.CAPTION, Span(0, len(text))),)) == []


def test_the_same_place_has_the_same_id() -> None:
    text = "She said that it rained."
    first: tuple[Statement, ...] = attribute(Document("d", text, ""))
    assert first == attribute(Document("d", text, ""))
