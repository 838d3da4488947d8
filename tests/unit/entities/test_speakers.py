import itertools

import pytest
from stories import document, statement
from test_link import speakers

from quoth.entities import link
from quoth.types import Mode

DIRECT = Mode.DIRECT


@pytest.mark.parametrize(
    ("text", "source", "content", "speaker"),
    [
        (
            "Ana Orr spoke in Tarn on Monday.\nThe Harbour candidate said the port was late.",
            "The Harbour candidate",
            "the port was late",
            "Ana Orr",
        ),
        (
            "Ada Kell, chief executive of Tarn Motors, spoke on Monday.\nTarn Motors CEO said sales fell.",
            "Tarn Motors CEO",
            "sales fell",
            "Ada Kell",
        ),
        (
            "Mayor Ana Orr heard the case.\nThe judge said the mill was lost.",
            "The judge",
            "the mill was lost",
            "The judge",
        ),
        (
            "Ana Orr, a swimmer, met Jo Lee.\nThe former secretary of state said it was late.",
            "The former secretary of state",
            "it was late",
            "Ana Orr",
        ),
        (
            "ARLEN The Dravian Ports Department said the crane was safe.",
            "ARLEN The Dravian Ports Department",
            "the crane was safe",
            "Dravian Ports Department",
        ),
        (
            "OSTREL, D.C. Senator Vera Holm said the crane was safe.",
            "OSTREL, D.C. Senator Vera Holm",
            "the crane was safe",
            "Vera Holm",
        ),
        (
            "Senator Ines Marn was charged.\nThe 52-year-old Conservative from Low Quay, Tessar, said it was false.",
            "The 52-year-old Conservative from Low Quay, Tessar,",
            "it was false",
            "Ines Marn",
        ),
        (
            "Ana Orr accused Jo Lee, an aide of Mark Vell, of hating the Old Charter, which said no dock may be sold.",
            "which",
            "no dock may be sold",
            "the Old Charter",
        ),
        (
            "The cup went to Nessa Wray, a keeper from Imber, who said that bees deserved half of it.",
            "who",
            "that bees deserved half of it",
            "Nessa Wray",
        ),
        (
            "Mark Vell has mocked Ana Orr for weeks, beginning with a tweet that said she was idle.",
            "that",
            "she was idle",
            "Mark Vell",
        ),
        (
            "Ana Orr met Mark Vell over the Second Decree, which said no dock may be sold.",
            "which",
            "no dock may be sold",
            "the Second Decree",
        ),
        (
            "Clara Nutt, 71, sells eels.\nThe eel seller said the river was dying.",
            "The eel seller",
            "the river was dying",
            "Clara Nutt",
        ),
        (
            "Sexton Nils Orre and organist Hanna Veit both said the bell was cracked.",
            "Sexton Nils Orre and organist Hanna Veit",
            "the bell was cracked",
            "Nils Orre and Hanna Veit",
        ),
        (
            "Host Hugo Ball asked Mark Vell about the day on which he said the mill was burning.",
            "he",
            "the mill was burning",
            "Mark Vell",
        ),
        (
            "Dravian Airlines spoke of Tarn Fisheries Co.\nDravian Airlines is old.\nThe company said it was sound.",
            "The company",
            "it was sound",
            "Dravian Airlines",
        ),
        (
            "The lamp was smashed in the riot over Jan Hobb.\nThe town’s chief constable said it was needless.",
            "The town’s chief constable",
            "it was needless",
            "The town’s chief constable",
        ),
        (
            "Olav Trew, a fireman, spoke.\nThe night manager, who asked not to be named, said it was false.",
            "The night manager",
            "it was false",
            "The night manager",
        ),
        (
            "The ferry office was shut on Monday.\nThe Tarn Bay Council has done all it can, it said.",
            "it",
            "The Tarn Bay Council has done all it can",
            "Tarn Bay Council",
        ),
    ],
)
def test_a_source_is_resolved_to_whom_the_words_mean(text, source, content, speaker):
    assert speakers(text, statement(text, source, "said", content)) == [speaker]


def test_two_who_speak_together_are_both_given():
    text = "Senators Ruth Amory and Giles Vell said the toll was wrong."
    said = statement(text, "Senators Ruth Amory and Giles Vell", "said", "the toll was wrong")
    (one,), entities = link((document(text),), (said,))
    both = next(entity for entity in entities if entity.id == one.speaker)
    assert both.name == "Ruth Amory and Giles Vell"
    assert {"Ruth Amory", "Giles Vell"} <= {*both.aliases}


def test_she_and_he_are_two_persons_even_where_no_table_knows_the_names():
    text = "Brenn Dorn met Quill Lund on the pier.\n“I am tired,” she said. “So am I,” he said."
    first = statement(text, "she", "said", "I am tired,", mode=DIRECT)
    second = statement(text, "he", "said", "So am I,", mode=DIRECT)
    one, other = speakers(text, first, second)
    assert {one, other} == {"Brenn Dorn", "Quill Lund"}


def named(*texts):
    """The names of each entity, as sets, of some documents."""
    documents = tuple(document(text, f"d{number}") for number, text in enumerate(texts))
    _, entities = link(documents, ())
    return {frozenset([entity.name, *entity.aliases]) for entity in entities}


@pytest.mark.parametrize(
    ("text", "together", "apart"),
    [
        ("Ri Sun-ok spoke. Then Ri Sun Ok left.", ("Ri Sun-ok", "Ri Sun Ok"), ()),
        ("Marie-Odile Fanshawe-Bright spoke first.", ("Marie-Odile Fanshawe-Bright",), ()),
        ("Helen Orr Jr. spoke. Helen Orr left.", (), ("Helen Orr Jr.", "Helen Orr")),
        ("Helen Brukner met her deputy, Helen Bruckner.", (), ("Helen Brukner", "Helen Bruckner")),
        (
            "The Ministry of Ports of Dravia spoke. The Ministry of Ports of Orvane left.",
            (),
            ("Ministry of Ports of Dravia", "Ministry of Ports of Orvane"),
        ),
        ("William Orr spoke. Then Bill Orr left.", ("William Orr", "Bill Orr"), ()),
    ],
)
def test_names_are_one_entity_or_two(text, together, apart):
    found = named(text)
    assert not together or any(set(together) <= names for names in found)
    assert not any(set(apart) <= names for names in found if apart)


def test_the_order_of_the_documents_does_not_matter():
    texts = (
        "The Ministry of Ports said so. Mark Vell left.",
        "The Ministry of Ports of Dravia said so. William Orr left.",
        "The Ministry of Ports of Orvane said so. Bill Orr and Jo Lee left.",
    )
    assert len({frozenset(named(*order)) for order in itertools.permutations(texts)}) == 1


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Statement of the Harbour Ministry of Tessar", "Harbour Ministry of Tessar"),
        ("The Harbour Ministry of Tessar and the Fish Ministry of Tessar spoke.", "The ministry"),
    ],
)
def test_a_body_is_the_one_that_a_source_names_if_that_is_the_only_one(source, speaker):
    text = "The ministry said the crane was safe."
    linked, entities = link(
        (document(text), document(source, "s")), (statement(text, "The ministry", "said", "the crane was safe"),)
    )
    assert {entity.id: entity.name for entity in entities}[linked[0].speaker] == speaker


@pytest.mark.parametrize(("ours", "theirs"), [("Ada Mahrens", "Ada Marens"), ("Ada Marens", "Ada Mahrens")])
def test_a_person_goes_by_the_spelling_of_the_report_and_the_other_one_is_kept(ours, theirs):
    text = f"{ours} said the crane was safe."
    _, (entity,) = link(
        (document(text), document(f"{theirs} wrote that it was. {theirs} was sure.", "s")),
        (statement(text, ours, "said", "the crane was safe"),),
    )
    assert (entity.name, entity.aliases) == (ours, (theirs,))


def test_a_paragraph_of_one_person_goes_on_with_that_person():
    text = "Helen Orr watched. It rained, Orr said.\nRuth Vell is blunter. It is lost, she said."
    first = statement(text, "Orr", "said", "It rained", after=19)
    second = statement(text, "she", "said", "It is lost")
    assert speakers(text, first, second) == ["Helen Orr", "Ruth Vell"]


def test_a_participle_behind_a_relative_clause_goes_on_with_it():
    text = "Ana Orr thanked Jo Lee, a miller from Tarn who also scolded them, saying that they slept."
    said = statement(text, "Ana Orr", "saying", "that they slept")
    assert speakers(text, said) == ["Jo Lee"]
    _, entities = link((document(text),), (said,))
    assert {entity.name: entity.aliases for entity in entities}["Jo Lee"] == ()
