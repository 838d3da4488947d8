"""What the rules find, on sentences of invented stories."""

import pytest
from statements_as_words import Reading, paragraphs

from quoth.attribution import attribute, finishing
from quoth.models.ports import Tagger
from quoth.types import Act, BlockKind, Document, Mode

DIRECT, INDIRECT, MIXED = Mode.DIRECT, Mode.INDIRECT, Mode.MIXED


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "mode"),
    [
        (
            "Mira Orla, the harbour minister, said that the pier would reopen.",
            "Mira Orla, the harbour minister",
            "said",
            "that the pier would reopen",
            INDIRECT,
        ),
        ("Orla, who has led the council since 2019, said that it rained.", "Orla", "said", "that it rained", INDIRECT),
        ("Orla said said that the ferry would sail.", "Orla", "said said", "that the ferry would sail", INDIRECT),
        (
            "The report, published in May, found that one in five piers is rotten.",
            "The report",
            "found",
            "that one in five piers is rotten",
            INDIRECT,
        ),
        ("The mayor — a former sailor — said the pier was safe.", "The mayor", "said", "the pier was safe", INDIRECT),
        (
            "The ministry's spokesman Ivo Tannis (pictured) said that it was safe.",
            "The ministry's spokesman Ivo Tannis (pictured)",
            "said",
            "that it was safe",
            INDIRECT,
        ),
        (
            "Neither Orla nor Tannis said that it was closed.",
            "Neither Orla nor Tannis",
            "said",
            "that it was closed",
            INDIRECT,
        ),
        (
            "Mira “the Gull” Orla said that it was closed.",
            "Mira “the Gull” Orla",
            "said",
            "that it was closed",
            INDIRECT,
        ),
        ("Police said on Monday they had arrested two men.", "Police", "said", "they had arrested two men", INDIRECT),
        ("“The pier will reopen soon,” Orla said.", "Orla", "said", "The pier will reopen soon,", DIRECT),
        ("“The pier will reopen soon,” said Mira Orla.", "Mira Orla", "said", "The pier will reopen soon,", DIRECT),
        ("“Rotten,” he said.", "he", "said", "Rotten,", DIRECT),
        ("It stressed that “the claim is groundless.”", "It", "stressed", "the claim is groundless.", DIRECT),
        ("As Orla put it, “the pier is safe.”", "Orla", "put it", "the pier is safe.", DIRECT),
        (
            "The minister told Harbour Wire: “We will never leave.”",
            "The minister",
            "told",
            "We will never leave.",
            DIRECT,
        ),
        (
            "“We will never leave,” the minister told Harbour Wire on Monday.",
            "the minister",
            "told",
            "We will never leave,",
            DIRECT,
        ),
        ("She told Harbour Wire that the pier was safe.", "She", "told", "that the pier was safe", INDIRECT),
        (
            "The pier will reopen in May, the ministry said.",
            "the ministry",
            "said",
            "The pier will reopen in May",
            INDIRECT,
        ),
        (
            "The pier was rotten, Orla's lawyer said in a statement on Tuesday.",
            "Orla's lawyer",
            "said",
            "The pier was rotten",
            INDIRECT,
        ),
        (
            "The pier will reopen in May, according to a letter.",
            "a letter",
            "according to",
            "The pier will reopen in May",
            INDIRECT,
        ),
        ("The pier, Orla said, would reopen in May.", "Orla", "said", "The pier ... would reopen in May", INDIRECT),
        ("“The pier,” Orla said, “will reopen in May.”", "Orla", "said", "The pier, ... will reopen in May.", DIRECT),
        (
            "It was said by the ministry that the pier was closed.",
            "the ministry",
            "was said",
            "that the pier was closed",
            INDIRECT,
        ),
        (
            "Orla was accused by Tannis of hiding the report.",
            "Tannis",
            "was accused",
            "Orla ... of hiding the report",
            INDIRECT,
        ),
        (
            "A statement issued on Friday by the ministry said the pier was safe.",
            "A statement issued on Friday by the ministry",
            "said",
            "the pier was safe",
            INDIRECT,
        ),
        (
            "Orla wrote that the pier was “rotten to the core”.",
            "Orla",
            "wrote",
            "that the pier was “rotten to the core”",
            MIXED,
        ),
        ("She said ‘the pier’s safe’ and left.", "She", "said", "the pier’s safe", DIRECT),
        ("«Le quai est sûr», said Orla.", "Orla", "said", "Le quai est sûr", DIRECT),
        ("„Der Kai ist sicher“, Tannis said.", "Tannis", "said", "Der Kai ist sicher", DIRECT),
        ("「埠頭は安全です」 said Mori.", "Mori", "said", "埠頭は安全です", DIRECT),
        ("``The pier is safe,'' said Orla.", "Orla", "said", "The pier is safe,", DIRECT),
        (
            "“He told me, ‘You must leave now,’ and I left,” Orla said.",
            "Orla",
            "said",
            "He told me, ‘You must leave now,’ and I left,",
            DIRECT,
        ),
        (
            "The minister pointed out that the pier was old.",
            "The minister",
            "pointed out",
            "that the pier was old",
            INDIRECT,
        ),
        (
            "Orla made it clear that the pier would close.",
            "Orla",
            "made it clear",
            "that the pier would close",
            INDIRECT,
        ),
        ("Orla warned against closing the pier.", "Orla", "warned against", "closing the pier", INDIRECT),
        ("Valdora rejects accusation by Ostrel", "Valdora", "rejects", "accusation by Ostrel", INDIRECT),
        ("No plan to close the pier, minister says", "minister", "says", "No plan to close the pier", INDIRECT),
    ],
)
def test_speech_is_found_with_its_source_and_cue(
    said: Reading, text: str, source: str, cue: str, content: str, mode: Mode
):
    (one,) = said(text)
    # what stands between the name and the cue may be read as part of the name: "Orla, who has led the council,"
    assert one.source == source or one.source.startswith((f"{source},", f"{source} —"))
    assert (one.content, one.mode) == (content, mode)
    assert one.cue in (cue, f"{cue} in a statement")  # the corpus has such words in the cue twice out of three times


@pytest.mark.parametrize(
    ("text", "act", "negated"),
    [
        ("The ministry denied that the pier was closed.", Act.DENY, False),
        ("The ministry denied closing the pier.", Act.DENY, False),
        ("The ministry did not say that the pier was closed.", Act.SAY, True),
        ("The ministry didn’t say that the pier was closed.", Act.SAY, True),
        ("The minister declined to say whether the pier would close.", Act.SAY, True),
        ("No one said that the pier was closed.", Act.SAY, True),
        ("Neither Orla nor Tannis said that the pier was closed.", Act.SAY, True),
        ("The minister will say on Friday that the pier must close.", Act.SAY, False),
        ("Orla asked whether the pier was safe.", Act.ASK, False),
        ("The council asked the ministry to close the pier.", Act.DEMAND, False),
        ("Tannis called for the resignation of Orla.", Act.DEMAND, False),
        ("Tannis called the plan “a disgrace”.", Act.OTHER, False),
        ("The minister promised to rebuild the pier.", Act.PROMISE, False),
        ("The minister threatened to close the pier.", Act.WARN, False),
        ("The ministry confirmed that the pier was closed.", Act.CONFIRM, False),
        ("Orla claimed that the pier was closed.", Act.CLAIM, False),
        ("Orla explained how the pier was built.", Act.EXPLAIN, False),
        ("Orla added that the pier was closed.", Act.ADD, False),
        ("The ministry rejected the plan.", Act.REJECT, False),
        ("Orla accused the ministry of lying.", Act.ACCUSE, False),
    ],
)
def test_the_act_and_its_polarity_follow_the_cue_and_what_stands_beside_it(
    said: Reading, text: str, act: Act, *, negated: bool
):
    (one,) = said(text)
    assert (one.act, one.negated) == (act, negated)


@pytest.mark.parametrize(
    "text",
    [
        "The “Iron Gull” of Tarn Bay arrived.",
        "Mira “the Gull” Orla arrived.",
        "The so-called “experts” left.",
        "Traders have filled “honest” barrels for years.",
        "The film “The Long Pier” opens in May.",
        "Don't stop: it's the '90s and rock 'n' roll.",
        "The united states of Valdora met.",
        "",
        "   \n\n ",
    ],
)
def test_names_titles_and_scare_quotes_are_no_statements(said: Reading, text: str):
    assert said(text) == []


def test_a_quotation_around_its_cue_is_one_statement_of_two_parts(said: Reading):
    (one,) = said("“We will rebuild,” she said. “Nobody will stop us.”")
    assert one.content == "We will rebuild, ... Nobody will stop us."


def test_a_quotation_that_goes_on_over_paragraphs_with_marks_opened_again_is_one_statement(said: Reading):
    (one,) = said("The minister said: “We stand firm.\n\n“We always have.\n\n“We always will.”\n\nThe crowd cheered.")
    assert one.content == "We stand firm. ... We always have. ... We always will."
    assert one.mode is DIRECT


def test_a_quotation_that_never_closes_ends_with_its_paragraph(said: Reading):
    (one,) = said("The minister said: “We stand firm. We always will.\n\nThe crowd cheered.")
    assert one.content == "We stand firm. We always will."


def test_a_mark_that_was_opened_and_forgotten_does_not_swallow_the_speaker(said: Reading):
    (one,) = said('"The pier is safe, she said.')
    assert (one.source, one.content) == ("she", "The pier is safe")


def test_mismatched_marks_still_make_one_quotation(said: Reading):
    (one,) = said('“The pier is quite safe," she said.')
    assert one.source == "she"
    assert "The pier is quite safe," in one.content


def test_two_speakers_of_one_sentence_are_two_statements(said: Reading):
    first, second = said("Orla said the pier was safe, while Tannis claimed that it was rotten.")
    assert (first.source, first.content) == ("Orla", "the pier was safe")
    assert (second.source, second.content) == ("Tannis", "that it was rotten")


def test_the_answer_of_another_speaker_is_not_the_rest_of_a_quotation(said: Reading):
    first, second = said("“The pier is safe,” Orla said, but Tannis said, “It is rotten.”")
    assert first.content == "The pier is safe,"
    assert second.content == "It is rotten."


def test_a_participle_speaks_for_the_subject_of_its_sentence(said: Reading):
    first, second = said("“We stay,” Orla told Harbour Wire, adding that the pier was safe.")
    assert (second.source, second.cue, second.content) == ("Orla", "adding", "that the pier was safe")
    assert first.source == "Orla"


def test_a_question_before_an_answer_is_no_part_of_the_answer(said: Reading):
    asked, answered = said("Asked whether the pier was safe, Orla said: “Yes.”")
    assert (asked.act, asked.content) == (Act.ASK, "whether the pier was safe")
    assert answered.content == "Yes."


def test_according_to_one_that_another_claimed_is_two_statements_one_within_the_other(said: Reading):
    outer, inner = said("According to Valdoran media, the commander claimed that the border was closed.")
    assert (outer.source, outer.within) == ("Valdoran media", None)
    assert (inner.source, inner.act, inner.within) == ("the commander", Act.CLAIM, 0)


def test_who_quotes_whom_is_kept_at_any_depth(said: Reading):
    statements = said("Harbour media report that Orla claimed that Tannis denied that the pier was rotten.")
    assert [(one.source, one.within) for one in statements] == [("Harbour media", None), ("Orla", 0), ("Tannis", 1)]


def test_a_claim_that_was_made_is_a_statement_of_who_made_it(said: Reading):
    outer, inner = said(
        "According to Valdoran media, commander Ivo Tannis made the claim that rebels had a presence there."
    )
    assert (inner.source, inner.cue, inner.within) == ("commander Ivo Tannis", "made the claim", 0)
    assert outer.source == "Valdoran media"


def test_an_accusation_names_its_accuser_after_by(said: Reading):
    outer, inner = said("Valdora rejected accusations by a senior officer that it was hosting rebels.")
    assert (inner.source, inner.cue, inner.act) == ("a senior officer", "accusations", Act.ACCUSE)
    assert inner.content == "that it was hosting rebels"
    assert (outer.act, inner.within) == (Act.REJECT, 0)


def test_a_cue_noun_ends_before_the_verb_of_its_sentence(said: Reading):
    rejected, accused = said("Accusations by Tannis that Orla lied were rejected by the ministry.")
    assert (rejected.source, rejected.act) == ("the ministry", Act.REJECT)
    assert (accused.source, accused.content, accused.within) == ("Tannis", "that Orla lied", 0)


def test_replying_by_stressing_is_a_statement(said: Reading):
    statements = said(
        "The ministry addressed Tannis's insistence that the pier was rotten, replying by stressing its recent repairs."
    )
    assert [(one.source, one.content) for one in statements] == [
        ("The ministry", "Tannis's insistence that the pier was rotten"),
        ("Tannis's", "that the pier was rotten"),
        ("The ministry", "its recent repairs"),
    ]


def test_only_blocks_of_the_body_are_read(said: Reading):
    words = "The minister said that the pier was safe."
    for kind in (BlockKind.CAPTION, BlockKind.RELATED, BlockKind.BYLINE, BlockKind.DATE, BlockKind.TABLE):
        text, blocks = paragraphs((kind, words))
        assert said(text, blocks) == []
    for kind in (BlockKind.PARAGRAPH, BlockKind.TITLE, BlockKind.LIST):
        text, blocks = paragraphs((kind, words))
        assert len(said(text, blocks)) == 1


def test_statements_stand_in_reading_order_and_have_the_ids_of_their_places(tagger: Tagger | None):
    document = Document("d", "Orla said it rained. Tannis said it snowed.", "")
    first = attribute(document, tagger)
    assert first == attribute(document, tagger)
    assert [one.extent for one in first] == sorted(one.extent for one in first)
    assert len({one.id for one in first}) == len(first)


def test_a_heading_in_other_marks_is_no_part_of_the_quotation_above_it(said: Reading):
    (one,) = said("“We stay,” Orla said. “We always will.”\n\n'All Bets Are Off.'\n\nIt rained.")
    assert one.content == "We stay, ... We always will."


@pytest.mark.parametrize("before", ["", "It rained. ", "The council met. “We are poor,” Orla said. "])
@pytest.mark.parametrize("after", ["", " Nobody came."])
@pytest.mark.parametrize(
    ("start", "aside", "source", "rest"),
    [
        ("The pier", "Orla said", "Orla", "would open in May"),
        ("The two men", "police said on Monday", "police", "fled in a stolen boat"),
        ("A new ferry terminal", "Tannis told Harbour Wire", "Tannis", "is too small for the winter"),
        ("Fees for boats", "according to the council", "the council", "had been raised in May"),
        ("She", "a spokesman for the harbour added", "a spokesman for the harbour", "would stay"),
    ],
)
def test_a_clause_that_its_cue_parts_is_one_content_of_two_spans(
    said: Reading, before: str, after: str, start: str, aside: str, source: str, rest: str
):
    one = said(f"{before}{start}, {aside}, {rest}.{after}")[-1]
    assert (one.source, one.content) == (source, f"{start} ... {rest}")


@pytest.mark.parametrize("before", ["", "It rained. "])
@pytest.mark.parametrize("cue", ["was said", "has been alleged", "is argued", "was announced"])
@pytest.mark.parametrize("source", ["Tannis and his aides", "a person familiar with the matter", "the ministry"])
def test_in_the_passive_the_speaker_stands_after_by(said: Reading, before: str, cue: str, source: str):
    (one,) = said(f"{before}It {cue} by {source} that nobody had been told.")
    assert (one.source, one.cue, one.content) == (source, cue, "that nobody had been told")


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “experts” left the hall after the “debate” on the “future” of the pier.",
        "His boat is known as “the Duchess”.",
        "The word “pier” comes from an old word for stone.",
        "A statement issued on Thursday by the ministry lay on the desk.",
    ],
)
def test_words_in_marks_that_nobody_is_reported_to_say_are_no_statements(tagger: Tagger | None, text: str):
    assert attribute(Document("d", text, ""), tagger) == ()


def test_direct_speech_keeps_its_quotation_marks_in_its_content(tagger: Tagger | None):
    # a convention of the annotated corpus, whose exact figures hang on it
    text = "“The pier is safe,” Orla said."
    (one,) = attribute(Document("d", text, ""), tagger)
    assert one.content[0].of(text) == "“The pier is safe,”"
    assert finishing.KEEP_MARKS is True


@pytest.mark.parametrize(
    "text", ["Has the minister said that the pier would close?", "Has the minister denied that the pier would close?"]
)
def test_a_question_whether_something_was_said_is_marked_as_one(said: Reading, text: str):
    (one,) = said(text)
    assert (one.source, one.act) == ("the minister", Act.ASK)


def test_an_assertion_before_a_question_mark_inside_quotation_marks_is_none(said: Reading):
    (one,) = said("The minister has claimed: “Will the pier close?”")
    assert one.act is Act.CLAIM


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Along the coast lives the accusation that Orla had sold the pier.", Act.ACCUSE),
        ("Behind the strike lies the allegation by the union that wages were cut.", Act.CLAIM),
    ],
)
def test_a_noun_of_saying_reports_the_clause_behind_it(said: Reading, text: str, act: Act):
    assert [one.act for one in said(text) if one.content.startswith("that ")] == [act]


@pytest.mark.parametrize(
    "text",
    [
        "The Courier asked the office of the minister on Tuesday for comment.",
        "The paper requested a further comment from the ministry.",
        "Orla could not be reached for comment.",
        "The ministry did not respond to a request for comment.",
    ],
)
def test_a_request_for_comment_is_no_statement(said: Reading, text: str):
    assert said(text) == []


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("asked", "the ministry for money", Act.ASK),
        ("asked", "the ministry to comment on the plan", Act.DEMAND),
        ("said", "a request for comment was ignored", Act.SAY),
    ],
)
def test_what_else_is_asked_for_or_said_of_a_request_is_one(said: Reading, cue: str, content: str, act: Act):
    (one,) = said(f"The council {cue} {content}.")
    assert (one.source, one.act) == ("The council", act)


@pytest.mark.parametrize("between", ["", ", which cited two officials familiar with the matter", ", which is old"])
def test_what_stands_behind_a_source_is_no_part_of_what_it_says(said: Reading, between: str):
    (one,) = (
        one
        for one in said(f"According to the Harbour Wire{between}, the council is weighing a new law.")
        if one.cue.casefold() == "according to"
    )
    assert one.source.startswith("the Harbour Wire")
    assert one.content == "the council is weighing a new law"


@pytest.mark.parametrize(
    ("clause", "reported"),
    [
        ("that said the pier was closed", False),
        ("that has been read by all", False),
        ("that reports were lost", True),
        ("that alleged thieves had fled", True),
    ],
)
def test_a_noun_of_saying_reports_a_clause_and_not_what_tells_of_it(said: Reading, clause: str, *, reported: bool):
    found = [one.content for one in said(f"The ministry rejected the claim by Orla {clause}.")]
    assert (clause in found) is reported
