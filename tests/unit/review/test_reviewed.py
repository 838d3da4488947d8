"""Decisions put over an examination: in their order, over any run, with what was found beside what stands."""

from dataclasses import replace

import pytest

from quoth.reports.notes import notes
from quoth.review import Act, Decision, Standing
from quoth.review.decisions import Who, after, entity_key, who
from quoth.review.reviewed import reviewed, suggested
from quoth.types import (
    Change,
    ChangeKind,
    Claim,
    Discrepancy,
    Document,
    Entity,
    EntityType,
    Examination,
    Grade,
    Mode,
    Passage,
    Piece,
    Response,
    Searched,
    Span,
    Stance,
    Statement,
    Status,
    Verdict,
)

REPORT = Document("r", "Brenn said: “40 boats sank.” She added: “Nobody drowned.” Kest denied it.", "ab" * 32)
SOURCE = Document("s", "BRENN: 14 boats sank. Nobody drowned.", "cd" * 32)


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def mention(words: str) -> Passage:
    return Passage("r", *place(REPORT.text, words))


@pytest.fixture
def examination() -> Examination:
    def said(id_: str, words: str, source: str, by: str) -> Statement:
        return Statement(id_, "r", Mode.DIRECT, (place(REPORT.text, words),), (), (place(REPORT.text, source),), by)

    boats, sank = place(REPORT.text, "40"), place(SOURCE.text, "14")
    change = Change(ChangeKind.NUMBER, True, boats, sank, "s")
    same = (("40 boats sank", "14 boats sank"), ("Nobody drowned", "Nobody drowned"))
    pieces = tuple(Piece(place(REPORT.text, one), "s", place(SOURCE.text, two)) for one, two in same)
    return Examination(
        REPORT,
        (SOURCE,),
        (said("s1", "40 boats sank.", "Brenn", "e1"), said("s2", "Nobody drowned.", "She", "e1"),
         said("s3", "it", "Kest", "e2")),
        (Verdict("s1", Grade.ALTERED, 0.8, pieces[:1], (change,), "40 for 14.", Searched(1, 2)),
         Verdict("s2", Grade.VERBATIM, 0.9, pieces[1:], (), "Word for word.", Searched(1, 2)),
         Verdict("s3", Grade.NOT_FOUND, 0.7, (), (), "Nothing carries it.", Searched(1, 2))),
        discrepancies=(Discrepancy(ChangeKind.NUMBER, boats, "40", "s", sank, "14"),),
        entities=(Entity("e1", "Ada Brenn", EntityType.PERSON, (mention("Brenn"), mention("She"))),
                  Entity("e2", "Kest", EntityType.PERSON, (mention("Kest"),))),
        claims=(Claim("c1", "e1", (), ("s1",), "40 boats sank.", (Response("e2", Stance.DENIES, "s3"),)),),
    )  # fmt: skip


def decision(whole: Examination, finding: str, act: Act, version: int = 1, **corrected: object) -> Decision:
    statement = next(one for one in whole.statements if one.id == finding)
    before = suggested(whole, statement)
    now = after(before, act, length=len(REPORT.text), **corrected)  # type: ignore[arg-type]
    return Decision("x", finding, version, act, "ada", f"2031-05-0{version}T10:00:00Z", before, now, "so")


def merge(whole: Examination, keep: str, other: str) -> Decision:
    kept, gone = (next(one for one in whole.entities if one.name == name) for name in (keep, other))
    made = Standing(Status.CORRECTED, speaker=who(kept), others=(who(gone),))
    return Decision("x", entity_key(kept), 1, Act.MERGE, "ada", "2031-05-03T10:00:00Z", Standing(), made)


def speaker(seen: Examination, finding: str) -> str | None:
    found = seen.speaker(next(one for one in seen.statements if one.id == finding))
    return found.name if found else None


def test_a_later_merge_of_entities_does_not_go_over_a_correction(examination: Examination):
    corrected = decision(examination, "s2", Act.CORRECT, speaker=Who("Orla Venn"))
    seen = reviewed(examination, [corrected, merge(examination, "Kest", "Ada Brenn")])
    assert [speaker(seen.examination, one) for one in ("s1", "s2", "s3")] == ["Kest", "Orla Venn", "Kest"]
    assert seen.findings["s2"].standing.speaker == Who("Orla Venn")
    assert seen.examination.decided[0].found.speaker == "Kest", "what is merged is one, whoever is corrected"
    assert seen.recorded == examination


def test_whoever_is_merged_is_merged_where_a_person_named_them_too(examination: Examination):
    kest = who(examination.entities[1])
    corrected = decision(examination, "s2", Act.CORRECT, speaker=kest)
    seen = reviewed(examination, [corrected, merge(examination, "Ada Brenn", "Kest")])
    assert speaker(seen.examination, "s2") == "Ada Brenn"
    assert {one.by for one in seen.examination.claims} == {"e1"}
    assert seen.examination.claims[0].responses[0].by == "e1"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Orla Venn", EntityType.PERSON), ("Ministry of Ports", EntityType.ORGANISATION), ("residents", EntityType.GROUP)],
)
def test_whoever_a_person_names_anew_is_what_the_name_says(examination: Examination, name: str, kind: EntityType):
    seen = reviewed(examination, [decision(examination, "s3", Act.CORRECT, speaker=Who(name))]).examination
    made = seen.speaker(seen.statements[2])
    assert made
    assert (made.name, made.type, made.mentions) == (name, kind, (mention("Kest"),))


def test_a_later_split_goes_over_what_was_accepted_before_and_accepting_after_it_keeps_it(examination: Examination):
    accepted = decision(examination, "s2", Act.ACCEPT)
    made = Standing(Status.CORRECTED, speaker=Who("Orla Venn"), statements=("s2",))
    split = Decision(
        "x", "split:entity:person:ada brenn:orla venn", 1, Act.SPLIT, "bel", "2031-05-03", Standing(), made
    )
    seen = reviewed(examination, [accepted, split])
    assert speaker(seen.examination, "s2") == "Orla Venn"
    again = Decision("x", "s2", 2, Act.ACCEPT, "ada", "2031-05-04", seen.findings["s2"].standing,
                     replace(seen.findings["s2"].standing, status=Status.ACCEPTED))  # fmt: skip
    seen = reviewed(examination, [accepted, split, again])
    assert speaker(seen.examination, "s2") == "Orla Venn"
    assert mention("She") in next(one for one in seen.examination.entities if one.name == "Orla Venn").mentions


def test_a_rejected_finding_takes_its_discrepancy_and_its_claim_with_it(examination: Examination):
    seen = reviewed(examination, [decision(examination, "s1", Act.REJECT)]).examination
    assert seen.discrepancies == ()
    assert seen.set_aside == examination.discrepancies
    assert seen.claims == ()
    assert [one.grade for one in seen.verdicts] == [Grade.ALTERED, Grade.VERBATIM, Grade.NOT_FOUND]
    assert reviewed(examination, [decision(examination, "s3", Act.REJECT)]).examination.claims[0].responses == ()


@pytest.mark.parametrize("grade", [one for one in Grade if one is not Grade.ALTERED])
def test_a_grade_that_a_person_gave_has_no_evidence_of_another(examination: Examination, grade: Grade):
    seen = reviewed(examination, [decision(examination, "s1", Act.CORRECT, grade=grade)]).examination
    verdict = seen.verdicts[0]
    assert (verdict.grade, verdict.reason) == (grade, "")
    assert not any(one.material for one in verdict.changes)
    assert bool(verdict.pieces) is (grade is not Grade.NOT_FOUND)
    assert (verdict.searched.nearest is not None) is (grade is Grade.NOT_FOUND)
    assert seen.set_aside
    (one,) = seen.decided
    assert (one.found.grade, one.stands.grade, one.confidence, one.reason) == (Grade.ALTERED, grade, 0.8, "40 for 14.")


def test_corrected_words_keep_the_evidence_that_touches_them(examination: Examination):
    sank = (place(REPORT.text, "boats sank"),)
    seen = reviewed(examination, [decision(examination, "s1", Act.CORRECT, content=sank)]).examination
    assert seen.report.words(seen.statements[0]) == "boats sank"
    assert seen.statements[0].id == "s1"
    assert seen.verdicts[0].changes == ()
    assert seen.verdicts[0].pieces


def test_another_run_with_another_grade_does_not_go_over_a_decision(examination: Examination):
    accepted = decision(examination, "s1", Act.ACCEPT)
    other = replace(examination, verdicts=(replace(examination.verdicts[0], grade=Grade.VERBATIM, changes=()),
                                           *examination.verdicts[1:]))  # fmt: skip
    seen = reviewed(other, [accepted]).examination
    assert seen.verdicts[0].grade is Grade.ALTERED
    assert (seen.decided[0].status, seen.decided[0].regraded) == (Status.ACCEPTED, True)
    none = replace(examination, statements=examination.statements[1:], verdicts=examination.verdicts[1:], claims=())
    assert reviewed(none, [accepted]).left == (accepted,)
    assert reviewed(none, [accepted]).examination.decided == ()
    assert any("1 decision of a person" in one for one in notes(reviewed(none, [accepted]).examination))


def test_a_decision_holds_where_another_run_has_the_statement_in_nearly_the_same_place(examination: Examination):
    rejected = decision(examination, "s1", Act.REJECT)
    span = examination.statements[0].content[0]

    def run(cut: int) -> Examination:
        """The run as it is when the statement ends sooner, and so has another id."""
        other = replace(examination.statements[0], id="s9", content=(Span(span.start, span.end - cut),))
        verdict = replace(examination.verdicts[0], statement="s9")
        return replace(examination, statements=(other, *examination.statements[1:]),
                       verdicts=(verdict, *examination.verdicts[1:]))  # fmt: skip

    seen = reviewed(run(1), [rejected])
    assert [(one.statement, one.status) for one in seen.examination.decided] == [("s9", Status.REJECTED)]
    assert (seen.findings["s9"].key, seen.findings["s9"].version, seen.left) == ("s1", 1, ())
    assert reviewed(run(8), [rejected]).left == (rejected,)


def test_what_nobody_decided_on_is_as_it_was_recorded(examination: Examination):
    undone = Decision("x", "s1", 2, Act.UNDO, "ada", "2031-05-04", Standing(), Standing())
    for decisions in ([], [decision(examination, "s1", Act.REJECT), undone]):
        seen = reviewed(examination, decisions).examination
        assert seen.to_dict() == {**examination.to_dict(), "decided": [], "set_aside": [], "examined": "", "left": 0}
