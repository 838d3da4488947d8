import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import document, statement

from quoth.entities import link
from quoth.models.ports import TaggedName
from quoth.types import Act, EntityType, Mode, Span, Statement

DIRECT = Mode.DIRECT


def speakers(text, *statements, sources=(), published=None):
    """The speakers' names, in the order of the statements; None where nobody is found."""
    linked, entities = link((document(text, published=published), *sources), tuple(statements))
    names = {entity.id: entity.name for entity in entities}
    return [names.get(one.speaker) for one in linked]


def test_a_surname_means_the_person_named_in_full():
    text = "Mayor Helen Orr opened the harbour.\nOrr said the work was done."
    assert speakers(text, statement(text, "Orr", "said", "the work was done", after=36)) == ["Helen Orr"]


def test_a_pronoun_means_the_last_speaker():
    text = "Helen Orr said the work was done. Mark Vell watched. She added that it was late."
    first = statement(text, "Helen Orr", "said", "the work was done")
    second = statement(text, "She", "added", "that it was late")
    assert speakers(text, first, second) == ["Helen Orr", "Helen Orr"]


def test_a_pronoun_agrees_in_gender_with_title_and_first_name():
    text = "Mr. Ostrel met Helen Vell on the pier.\n“It is done,” he said. “It is not,” she said."
    first = statement(text, "he", "said", "It is done,", mode=DIRECT)
    second = statement(text, "she", "said", "It is not,", mode=DIRECT)
    assert speakers(text, first, second) == ["Ostrel", "Helen Vell"]


def test_a_pronoun_never_means_somebody_named_only_in_the_words_it_speaks():
    text = "Helen Orr was angry.\n“Ruth Vell is wrong,” she said."
    assert speakers(text, statement(text, "she", "said", "Ruth Vell is wrong,", mode=DIRECT)) == ["Helen Orr"]


def test_a_pronoun_before_its_name_looks_ahead():
    text = "“I know,” she said. Helen Orr has been mayor for years."
    assert speakers(text, statement(text, "she", "said", "I know,", mode=DIRECT)) == ["Helen Orr"]


@pytest.mark.parametrize(
    ("opening", "description"),
    [
        ("Mayor Helen Orr opened the harbour.", "the mayor"),
        ("Helen Orr, the mayor of Tarn Bay, opened the harbour.", "the mayor"),
        ("The mayor of Tarn Bay, Helen Orr, opened the harbour.", "the mayor"),
        ("Valdoran land forces commander Helen Orr opened the harbour.", "the commander"),
        ("Valdoran land forces commander Helen Orr opened the harbour.", "a senior Valdoran commander"),
        ("Sen. Helen Orr opened the harbour.", "the senator"),
        ("Helen Orr, 44, a lawyer for the fishermen, opened the harbour.", "the lawyer"),
        ("Helen Orr was the first candidate to visit.", "the candidate"),
    ],
)
def test_a_description_means_who_was_described_so(opening, description):
    text = f"{opening} Mark Vell watched.\nThen {description} said the work was done."
    assert speakers(text, statement(text, description, "said", "the work was done")) == ["Helen Orr"]


def test_a_ministry_is_known_by_its_chief_word_and_by_it():
    text = (
        "Valdora’s Harbour Ministry denied the report. The ministry said it was false. It added that nobody was hurt."
    )
    first = statement(text, "Valdora’s Harbour Ministry", "denied", "the report", act=Act.DENY)
    second = statement(text, "The ministry", "said", "it was false")
    third = statement(text, "It", "added", "that nobody was hurt")
    assert speakers(text, first, second, third) == ["Valdora’s Harbour Ministry"] * 3


def test_a_statement_speaks_for_whoever_issued_it():
    text = (
        "A statement issued on Thursday by Valdora’s Harbour Ministry rejected the remarks. "
        "The statement lamented that nobody had asked."
    )
    first = statement(text, "A statement issued on Thursday by Valdora’s Harbour Ministry", "rejected", "the remarks")
    second = statement(text, "The statement", "lamented", "that nobody had asked")
    assert speakers(text, first, second) == ["Valdora’s Harbour Ministry"] * 2


def test_the_day_of_a_statement_is_resolved_against_the_day_of_publication():
    text = "A statement issued on Thursday by the Harbour Ministry rejected the remarks."
    one = statement(text, "A statement issued on Thursday by the Harbour Ministry", "rejected", "the remarks")
    (linked,), _ = link((document(text, published="2031-05-04"),), (one,))
    assert linked.said == "2031-05-01"


def test_the_day_of_a_dateline_is_not_the_day_of_what_was_said():
    text = "TARN BAY, 4 May 2031 (Gull) - Ana Orr said it was late. Jo Lee said on Thursday it was early."
    both = statement(text, "Ana Orr", "said", "it was late"), statement(text, "Jo Lee", "said", "it was early")
    linked, _ = link((document(text, published="2031-05-04"),), both)
    assert [one.said for one in linked] == [None, "2031-05-01"]


def test_unnamed_sources_stay_unnamed():
    text = (
        "Two people familiar with the matter said it was late. Officials said nothing was lost. They denied it twice."
    )
    first = statement(text, "Two people familiar with the matter", "said", "it was late")
    second = statement(text, "Officials", "said", "nothing was lost")
    third = statement(text, "They", "denied", "it twice")
    linked, entities = link((document(text),), (first, second, third))
    by_id = {entity.id: entity for entity in entities}
    assert [by_id[one.speaker].name for one in linked] == [
        "Two people familiar with the matter",
        "Officials",
        "Officials",
    ]
    assert not any(by_id[one.speaker].named for one in linked)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Helen Orr’s lawyer", "Helen Orr’s lawyer"),
        ("attorneys for Helen Orr", "attorneys for Helen Orr"),
        ("a spokesman for Helen Orr", "a spokesman for Helen Orr"),
    ],
)
def test_who_speaks_for_somebody_is_not_that_person(source, name):
    text = f"Helen Orr left early. Later {source} said it was late."
    assert speakers(text, statement(text, source, "said", "it was late")) == [name]


def test_a_quotation_without_a_source_goes_on_with_the_last_speaker():
    text = "“It is late,” Helen Orr said.\n“And nobody came.”"
    first = statement(text, "Helen Orr", "said", "It is late,", mode=DIRECT)
    second = statement(text, "", "", "And nobody came.", mode=DIRECT)
    assert speakers(text, first, second) == ["Helen Orr", "Helen Orr"]


def test_i_inside_a_quotation_is_its_speaker():
    text = "Helen Orr said: “I think that it is late.”"
    outer = statement(text, "Helen Orr", "said", "I think that it is late.", mode=DIRECT)
    inner = statement(text, "", "think", "that it is late", within=outer.id)
    place = text.index("I think")
    inner = Statement(
        inner.id, "report", inner.mode, inner.content, inner.cue, (Span(place, place + 1),), within=outer.id
    )
    assert speakers(text, outer, inner) == ["Helen Orr", "Helen Orr"]


def test_a_transcript_label_means_the_person_of_that_surname():
    text = "Helen Orr met Mark Vell.\nORR: It is late.\nVELL: It is not."
    first = statement(text, "ORR", "", "It is late.", mode=DIRECT)
    second = statement(text, "VELL", "", "It is not.", mode=DIRECT)
    assert speakers(text, first, second) == ["Helen Orr", "Mark Vell"]


def test_two_spellings_in_two_documents_are_one_person():
    report = document("Kyomar Ostrel said it was late. Ostrel left.")
    source = document("Commander Kioumar Ostrel has made a claim. K. Ostrel is wrong.", "source")
    _, entities = link((report, source), ())
    assert [(one.name, set(one.aliases)) for one in entities if one.type is EntityType.PERSON] in (
        [("Kyomar Ostrel", {"Kioumar Ostrel", "Ostrel", "K. Ostrel"})],
        [("Kioumar Ostrel", {"Kyomar Ostrel", "Ostrel", "K. Ostrel"})],
    )


def test_two_persons_of_one_surname_in_one_document_stay_two():
    text = "Helen Orr met Mark Orr. Mr. Orr said it was late."
    _, entities = link((document(text),), ())
    assert {one.name for one in entities} == {"Helen Orr", "Mark Orr"}
    assert speakers(text, statement(text, "Mr. Orr", "said", "it was late")) == ["Mark Orr"]


def test_a_country_and_its_seat_of_government_are_one_where_the_government_acts():
    text = "Norway rejected the offer. Oslo said it was late. The ship lay in Oslo."
    _, entities = link((document(text),), ())
    mentions = {one.name: len(one.mentions) for one in entities}
    assert mentions["Norway"] == 2


def test_every_mention_is_where_the_name_stands():
    text = "Helen Orr met Mark Vell of the Harbour Ministry in Oslo. Orr left."
    report = document(text)
    _, entities = link((report,), ())
    for entity in entities:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] in {entity.name, *entity.aliases}


class Recogniser:
    """A trained recogniser's stand-in that knows one odd name."""

    def names(self, text, paragraphs):
        at = text.find("xil Tarn")
        return [TaggedName(Span(at, at + 8), EntityType.PERSON, 0.99)] if at >= 0 else []


def test_a_recognisers_names_are_taken_in():
    text = "On Monday xil Tarn spoke. Helen Orr listened."
    _, entities = link((document(text),), (), Recogniser())
    assert {entity.name for entity in entities} == {"xil Tarn", "Helen Orr"}


def test_without_documents_nothing_is_linked():
    assert link((), ()) == ((), ())


@settings(max_examples=60)
@given(st.text(), st.data())
def test_any_text_and_any_spans_are_linked_without_an_error(text, data):
    def some(label):
        start = data.draw(st.integers(0, len(text)), label=label)
        return Span(start, data.draw(st.integers(start, len(text)), label=label))

    one = Statement(
        "s1", "report", data.draw(st.sampled_from(list(Mode))), (some("content"),), (some("cue"),), (some("source"),)
    )
    (linked,), entities = link((document(text),), (one,))
    assert linked.speaker is None or linked.speaker in {entity.id for entity in entities}


def test_pronouns_beside_a_name_tell_the_gender_of_a_first_name_no_table_knows():
    text = "Xilo Tarn brought her dog. Mark Vell smiled.\n“It bites,” she said."
    assert speakers(text, statement(text, "she", "said", "It bites,", mode=DIRECT)) == ["Xilo Tarn"]


def test_the_bearer_of_a_shared_surname_who_spoke_last_is_meant():
    text = "Diane Vell is the mother of Rebecca Vell. Her mother, Diane Vell, said it was late.\n“It is,” Vell said."
    first = statement(text, "Diane Vell", "said", "it was late", after=41)
    second = statement(text, "Vell", "said", "It is,", mode=DIRECT)
    assert speakers(text, first, second) == ["Diane Vell", "Diane Vell"]


def test_a_statement_that_was_just_issued_speaks_for_whoever_issued_it():
    text = "Mayor Helen Orr issued a statement on the storm. It said nobody was hurt."
    assert speakers(text, statement(text, "It", "said", "nobody was hurt")) == ["Helen Orr"]


def test_the_man_is_nobody_named_but_the_company_is_the_firm_of_the_story():
    text = (
        "Tarn Foods Inc. closed two shops. Mark Vell watched. The company said it was late. The man said it was wrong."
    )
    first = statement(text, "The company", "said", "it was late")
    second = statement(text, "The man", "said", "it was wrong")
    assert speakers(text, first, second) == ["Tarn Foods Inc", "The man"]


@pytest.mark.parametrize(
    "source",
    [
        "Secretary of State Helen Orr",
        "An old fisherman named Helen Orr",
        "Tarn Bay Mayor Helen Orr",
        "Helen Orr of Tarn Bay",
    ],
)
def test_titles_and_places_beside_a_name_do_not_hide_it(source):
    text = f"Mark Vell left early. {source} said it was late."
    assert speakers(text, statement(text, source, "said", "it was late")) == ["Helen Orr"]


class Mistaken:
    """A trained recogniser's stand-in that takes a person for a place and keeps an article."""

    def names(self, text, paragraphs):
        kinds = {
            "Kyo Ostrel": EntityType.PLACE,
            "K. Ostrel": EntityType.PERSON,
            "the Tarn Bank": EntityType.ORGANISATION,
        }
        return [
            TaggedName(Span(text.index(words), text.index(words) + len(words)), kind, 0.9)
            for words, kind in kinds.items()
        ]


def test_the_rules_mend_what_a_recogniser_mistakes():
    text = "The general, Kyo Ostrel, spoke. K. Ostrel is wrong, said the Tarn Bank."
    _, entities = link((document(text),), (), Mistaken())
    assert {(one.name, one.type) for one in entities} == {
        ("Kyo Ostrel", EntityType.PERSON),
        ("Tarn Bank", EntityType.ORGANISATION),
    }


def test_names_that_a_text_says_to_be_one_are_one_entity():
    text = "Wei Fen, who is also known as Walter Fen, was sentenced. Ana Orr met Jo Lee."
    _, entities = link((document(text),), ())
    assert {frozenset({one.name, *one.aliases}) for one in entities} == {
        frozenset({"Wei Fen", "Walter Fen"}),
        frozenset({"Ana Orr"}),
        frozenset({"Jo Lee"}),
    }
    assert [one.id for one in entities] == ["e1", "e2", "e3"]


def test_a_word_of_a_headline_is_no_short_name_of_a_body():
    text = (
        "Clerk Who Stole Deeds Jailed\nThe WHO was silent. The U.S. Federal Bureau of Investigation and the FBI left."
    )
    found = {
        one.name: {text[slice(*mention.span)] for mention in one.mentions} for one in link((document(text),), ())[1]
    }
    assert found["World Health Organization"] == {"WHO"}
    assert "FBI" in set().union(*(forms for forms in found.values() if "U.S. Federal Bureau of Investigation" in forms))


def test_who_speaks_is_not_the_teacher_of_whom_he_speaks():
    text = "Ana Orr came in.\nAna Orr said the retired teacher had told them that the mill was lost."
    outer = statement(text, "Ana Orr", "said", "the retired teacher had told them that the mill was lost")
    inner = statement(text, "the retired teacher", "had told", "that the mill was lost", within=outer.id)
    assert speakers(text, outer, inner) == ["Ana Orr", "the retired teacher"]
