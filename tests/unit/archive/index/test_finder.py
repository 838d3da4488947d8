"""Finding: reports and statements to the documents that carry their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from quoth.archive.index import By, FoundSource, Index, Vocabulary, find

HARBOUR = """Minister Ana Ostrel on the harbour of Tarn Bay

The harbour of Tarn Bay will not be sold to any private company while this government is in office. We have listened
to the dockers, to the pilots and to the owners of the forty-one fishing boats that still land their catch here.

Last winter the northern breakwater lost eleven hundred tonnes of stone in a single night. The repair will cost
nineteen million marks, and not one mark of it will come from the pension fund of the port workers.

A commission led by the former harbour master will report before midsummer. Until then no berth changes hands."""

SCHOOLS = """The Ministry of Learning of Valdora announced a programme for village schools

Every village with more than thirty children will have a school of its own by the spring of 2041. The treasurer has
set aside forty million marks for teachers, for books and for the heating of old buildings.

Teachers who move to the islands will be given a house and a boat ticket home every month."""

BOILERPLATE = "For further information please write to the office of the permanent secretary in the capital. "

OTHERS = [
    f"Notice number {number} of the weather office of Orm. Winds from the {side} will bring rain to the upper valleys, "
    f"and shepherds are asked to bring their flocks below the {number} metre line before evening. {BOILERPLATE}"
    for number, side in enumerate(["north", "south", "east", "west"] * 12, 300)
]


@dataclass(frozen=True)
class Kept:
    number: int
    id: str
    text: str
    publisher: str | None = None
    published: str | None = None
    version: int = 1
    current: bool = True


class Shelf:
    """Documents in memory with an index over them."""

    def __init__(self, folder: Path, documents: Sequence[Kept]) -> None:
        self.kept = {document.number: document for document in documents}
        self.index = Index(folder).extend((document.number, document.text) for document in documents)
        self.vocabulary = Vocabulary()

    def fetch(self, numbers: Sequence[int]) -> Mapping[int, Kept]:
        return {number: self.kept[number] for number in numbers if number in self.kept}

    def find(self, text: str) -> list[FoundSource]:
        return find(self.index, self.vocabulary, self.fetch, text)


def shelf_of(folder: Path, *more: Kept) -> Shelf:
    documents = [Kept(1, "harbour", HARBOUR, "Minister Ostrel"), Kept(2, "schools", SCHOOLS, "Ministry of Learning")]
    documents += [Kept(number, f"notice-{number}", text) for number, text in enumerate(OTHERS, 10)]
    in_order = sorted([*documents, *more], key=lambda one: one.number)  # as an archive numbers them
    return Shelf(folder, in_order)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return shelf_of(tmp_path_factory.mktemp("index"))


def report(quotation: str) -> str:
    return (
        "Markets in Orm closed lower on Tuesday after a quiet morning, dealers said. "
        f'"{quotation}" the minister said.\n\n'
        "Shares of the two ferry lines hardly moved, and the mark was unchanged against the crown of Lower Galla."
    )


def pieces(shelf: Shelf, text: str, id_: str) -> list[tuple[str, str]]:
    """Words of the report and of the source, for each passage of a source."""
    document = next(kept for kept in shelf.kept.values() if kept.id == id_)
    return [
        (passage.report.of(text), passage.source.of(document.text))
        for source in shelf.find(text)
        if source.id == id_
        for passage in source.passages
    ]


def test_a_quotation_leads_to_its_source_and_its_place(shelf: Shelf) -> None:
    text = report("The harbour of Tarn Bay will not be sold to any private company while this government is in office,")
    words = "The harbour of Tarn Bay will not be sold to any private company while this government is in office"
    assert pieces(shelf, text, "harbour") == [(words, words)]
    assert [source.id for source in shelf.find(text)] == ["harbour"]


def test_a_changed_word_does_not_hide_the_source(shelf: Shelf) -> None:
    text = report("The repair will cost ninety million marks, and not one mark of it will come from the pension fund")
    ((said, _),) = pieces(shelf, text, "harbour")
    assert said.startswith("The repair will cost")
    assert said.endswith("pension fund")


def test_two_pieces_at_an_ellipsis_in_the_other_order_are_two_passages(shelf: Shelf) -> None:
    text = report(
        "lost eleven hundred tonnes of stone in a single night ... "
        "the forty-one fishing boats that still land their catch"
    )
    found = pieces(shelf, text, "harbour")
    assert [source for _, source in found] == [
        "lost eleven hundred tonnes of stone in a single night",
        "the forty-one fishing boats that still land their catch",
    ]


def test_six_rare_words_in_quotation_marks_are_enough_where_the_speaker_is_named(shelf: Shelf) -> None:
    text = report("to the dockers, to the pilots")
    assert [source.id for source in shelf.find(text.replace("the minister", "Ostrel"))] == ["harbour"]
    assert shelf.find(text) == []
    assert shelf.find(text.replace("the minister", "an Ostrelmark grocer")) == []  # another name


def test_names_and_offices_alone_lead_nowhere(shelf: Shelf) -> None:
    text = report("I wrote to the former harbour master and to Minister Ana Ostrel about my boat, and had no answer")
    assert shelf.find(text) == []


def test_a_common_phrase_in_a_report_leads_nowhere(shelf: Shelf) -> None:
    assert shelf.find(report("will bring rain to the upper valleys")) == []


def test_a_report_that_draws_on_nothing_has_no_source(shelf: Shelf) -> None:
    assert shelf.find(report("We have nothing to announce at this point, and shall not have before the autumn,")) == []


def test_indirect_speech_is_found_by_its_wording(shelf: Shelf) -> None:
    text = (
        "Prices of fish rose again on Monday.\n\nThe ministry said that teachers who move to the islands will be given "
        "a house and a boat ticket home every month. Nobody in Orm was surprised, the Harbour Gazette wrote."
    )
    assert [source.id for source in shelf.find(text)] == ["schools"]


def test_a_report_with_two_sources_finds_both(shelf: Shelf) -> None:
    text = report("Until then no berth changes hands, and a commission led by the former harbour master will report")
    text += (
        ' "Every village with more than thirty children will have a school of its own," a letter to the Gazette said.'
    )
    assert {source.id for source in shelf.find(text)} == {"harbour", "schools"}


def test_spans_are_exactly_the_words_meant(shelf: Shelf) -> None:
    text = report("Last winter the northern breakwater lost eleven hundred tonnes of stone in a single night.")
    for source in shelf.find(text):
        for passage in source.passages:
            said, original = passage.report.of(text), passage.source.of(HARBOUR)
            assert said == said.strip()
            assert original == original.strip()


def test_near_twins_are_together_and_the_earliest_comes_first(tmp_path: Path) -> None:
    shelf = shelf_of(
        tmp_path,
        Kept(100, "late", f"Corrected. {HARBOUR}", published="2031-05-04"),
        Kept(101, "early", f"Embargoed. {HARBOUR}", published="2031-05-01"),
    )
    found = shelf.find(
        report("Last winter the northern breakwater lost eleven hundred tonnes of stone in a single night")
    )
    assert [(source.id, source.twin_of) for source in found] == [
        ("early", None),
        ("late", "early"),
        ("harbour", "early"),
    ]


def test_an_earlier_version_is_named_where_only_it_has_the_words(tmp_path: Path) -> None:
    cut = HARBOUR.replace("Until then no berth changes hands.", "")
    shelf = shelf_of(
        tmp_path,
        Kept(200, "page", f"Page. {HARBOUR[400:]}", version=1, current=False),
        Kept(201, "page", f"Page. {cut[400:]}", version=2),
    )
    (page,) = (
        one for one in shelf.find(report("before midsummer. Until then no berth changes hands")) if one.id == "page"
    )
    assert page.version == 1


def test_of_two_versions_with_the_words_the_current_one_is_given(tmp_path: Path) -> None:
    shelf = shelf_of(
        tmp_path,
        Kept(200, "page", f"Page. {HARBOUR[400:]}", version=1, current=False),
        Kept(201, "page", f"Page, revised. {HARBOUR[400:]}", version=2),
    )
    (page,) = (
        one for one in shelf.find(report("before midsummer. Until then no berth changes hands")) if one.id == "page"
    )
    assert page.version == 2


def test_deleted_documents_are_not_found(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path)
    del shelf.kept[1]
    assert shelf.find(report("Last winter the northern breakwater lost eleven hundred tonnes of stone")) == []


def test_a_statement_in_other_words_is_answered_with_a_place_and_says_so(shelf: Shelf) -> None:
    found = shelf.find("Ostrel: the pension fund pays nothing for the breakwater's repair")
    assert found[0].id == "harbour"
    best = max(found[0].passages, key=lambda passage: passage.score)
    assert best.by is By.WORDS
    assert "pension fund" in best.source.of(HARBOUR)


def test_what_is_told_over_several_sentences_counts_together_and_is_shown_together(tmp_path: Path) -> None:
    idle = "The rain came in from the west that day. Nobody was surprised. It had been a wet month in the valley."
    shelf = shelf_of(
        tmp_path,
        Kept(3, "one", f"The dredger needs a crew. {idle} {idle} Some barges are rotten."),
        Kept(4, "both", f"The dredger needs a crew. {idle} The ferries are idle. {idle}"),
    )
    found = shelf.find("a dredger without a crew and idle ferries")
    assert found[0].id == "both"
    best = found[0].passages[0].source.of(shelf.kept[4].text)
    assert "dredger" in best
    assert "ferries" in best


def test_of_two_documents_with_the_words_the_one_full_of_the_speaker_comes_first(tmp_path: Path) -> None:
    said = "The lighthouse keepers were promised a second boat by the island council."
    asked = "\n".join(f"Question {number}, Minister Dravik: what about the ferry?" for number in range(40))
    between = "\n".join("There was a long silence in the hall then." for _ in range(20))
    shelf = shelf_of(
        tmp_path,
        Kept(3, "elsewhere", f"{between}\n{said}\n{between}\nThat was before Dravik came."),
        Kept(4, "interview", f"{asked}\n{between}\n{said}\n{between}\n{asked}"),
    )
    assert shelf.find("Dravik on promising keepers another boat")[0].id == "interview"


def test_a_name_is_met_by_its_abbreviation(tmp_path: Path) -> None:
    shelf = shelf_of(
        tmp_path,
        Kept(3, "a-plan", "Of plans there were many. She called it a golden bridge, and nobody answered her."),
        Kept(4, "the-pact", "The VSP is signed by nobody yet. She called it a golden bridge, and nobody answered her."),
    )
    assert shelf.find("A golden bridge, she has called the Valdoran Stone Pact")[0].id == "the-pact"


def test_quotations_that_stand_together_bear_each_other_out(shelf: Shelf) -> None:
    first, second = "will not be sold to any private company while", "and to the owners of the forty-one fishing boats"
    (alone,) = [source.passages[0].score for source in shelf.find(f'Ostrel said it "{first}"')]
    (source,) = shelf.find(f'Ostrel said it "{first}" and spoke to pilots "{second}"')
    scores = [passage.score for passage in source.passages]
    assert len(scores) == 2
    assert scores[0] == scores[1] > alone


def test_a_short_quotation_alone_is_found_by_its_wording(shelf: Shelf) -> None:
    (source,) = shelf.find("no berth changes hands")
    assert source.id == "harbour"
    assert "no berth changes hands" in source.passages[0].source.of(HARBOUR)


@pytest.mark.parametrize("text", ["", " ", "...", "a", '"', '""', "“", "word", "\n\n", "🛳️"])
def test_texts_with_next_to_nothing_in_them_are_answered(shelf: Shelf, text: str) -> None:
    assert isinstance(shelf.find(text), list)


def test_the_same_question_has_the_same_answer(shelf: Shelf) -> None:
    text = report("The repair will cost ninety million marks ... A commission led by the former harbour master")
    assert shelf.find(text) == shelf.find(text)
