import pytest

from quoth.pipeline.examine import examine, grade_pair
from quoth.reading import read
from quoth.types import ChangeKind, Grade


def cut(words: str, rest: str):
    return grade_pair(words, f"{words}{'' if rest[:1] in ',;:.' else ' '}{rest}.")


@pytest.mark.parametrize(
    ("words", "rest", "kind"),
    [
        ("Everyone at the clinic was paid", "save the nurses", ChangeKind.QUANTIFIER),
        ("All the ferries will sail on Sunday", "bar two", ChangeKind.QUANTIFIER),
        ("The compound shrinks tumours", "in mice", ChangeKind.QUANTIFIER),
        ("Spring water from the upper well is fit to drink", "once boiled", ChangeKind.CONDITION),
        ("The treaty will be signed", "as soon as the garrison has left", ChangeKind.CONDITION),
        ("There will be no talks", "before the pilots are home", ChangeKind.CONDITION),
        ("We can leave the alliance", "with the consent of the other members", ChangeKind.CONDITION),
        ("The bridge is finished", "at least on paper", ChangeKind.HEDGE),
        ("The council owns the harbour", "in name only", ChangeKind.HEDGE),
        ("The tower will be pulled down", "over my dead body", ChangeKind.NEGATION),
        ("We shall apologise to the governor", "when hell freezes over", ChangeKind.NEGATION),
        ("The mayor is honest", ". That, at least, is what his driver says", ChangeKind.AGENT),
        ("Forty of the crew are safe", ". Sorry, that is the wrong sheet: it is fourteen", ChangeKind.NUMBER),
        ("I have never been to Karsk", ". No, that is wrong, I went there as a boy", ChangeKind.NEGATION),
        ("Let them all come", ". That was our slogan in the fat years", ChangeKind.HEDGE),
    ],
)
def test_words_that_their_sentence_goes_on_to_turn_are_altered(words, rest, kind):
    verdict = cut(words, rest)
    assert verdict.grade is Grade.ALTERED
    assert {change.kind for change in verdict.changes if change.material} == {kind}


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("There is no risk", "to adults"),
        ("He was never charged", "with theft"),
        ("The bus fare will be frozen", "for a year"),
        ("The reactor is safe", "according to the operator"),
        ("It was the worst failure", "of his short career"),
        ("I despise officials", "who take bribes"),
        ("We will not go on strike", "this week"),
        ("The mayor is guilty", "of nothing worse than vanity"),
        ("The harvest was good", "by the standards of a drought"),
    ],
)
def test_words_that_their_sentence_may_go_on_to_limit_are_left_open_and_the_rest_is_shown(words, rest):
    verdict = cut(words, rest)
    assert (verdict.grade, verdict.confidence) == (Grade.UNCLEAR, 0.0)
    assert f"“{rest}”" in verdict.reason


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("The festival was a great success", "and we will hold it again"),
        ("We grow barley, rye and oats", ", beans and flax"),
        ("I spoke to the harbour master", ", Ilan Voss"),
        ("We have repaired the bridge", "thanks to volunteers"),
        ("The clinic will stay open", "whatever the ministry decides"),
        ("I am glad", "to be home"),
        ("We will save", "the nurses"),
        ("I did not see a scrap of proof", "for it"),
        ("We have not been told", "what the plan is"),
        ("Forty of the crew are safe", ". Sorry to say so late, but it took a day to count them"),
        ("We will build three schools", ". That is the plan"),
        ("The money was there", ". That is the whole story of the canal"),
    ],
)
def test_a_sentence_that_only_goes_on_limits_nothing(words, rest):
    verdict = cut(words, rest)
    assert (verdict.grade, verdict.confidence > 0.95) == (Grade.VERBATIM, True)


def test_a_place_or_a_purpose_behind_the_words_lowers_the_confidence_and_is_shown():
    verdict = cut("They stole the bell", "from the tower of Saint Orm")
    assert verdict.grade is Grade.VERBATIM
    assert verdict.confidence < 0.9
    assert "goes on “from the tower of Saint Orm”" in verdict.reason


def test_what_the_report_tells_beside_the_quotation_is_not_cut():
    source = read(b"Mayor Ilse Ostrel: All the ferries will sail on Sunday bar the two old ones.", "s.txt")

    def grades(words: bytes) -> set[Grade]:
        return {one.grade for one in examine(read(words, "r.txt"), [source]).verdicts}

    assert grades(b'"All the ferries will sail on Sunday," Mayor Ilse Ostrel said.') == {Grade.ALTERED}
    told = b'"All the ferries will sail on Sunday," Mayor Ilse Ostrel said of all but the two old ones.'
    assert Grade.ALTERED not in grades(told)


def test_a_clause_left_out_from_inside_that_sets_a_condition_leaves_it_open():
    verdict = grade_pair(
        "The serum ... protects children", "The serum, when it is kept cold, protects children in every valley."
    )
    assert verdict.grade is Grade.UNCLEAR


@pytest.mark.parametrize(
    ("words", "original", "kind"),
    [
        ("Das Wasser ist trinkbar", "Das Wasser ist trinkbar, sobald es abgekocht ist.", ChangeKind.CONDITION),
        ("Wir unterstützen den Bau", "Wir unterstützen den Bau nicht.", ChangeKind.NEGATION),
        ("der Turm sicher ist", "Niemand glaubt, dass der Turm sicher ist.", ChangeKind.NEGATION),
        ("Alle wurden bezahlt", "Alle wurden bezahlt außer den Schwestern.", ChangeKind.QUANTIFIER),
        ("L'eau du puits est potable", "L'eau du puits est potable une fois bouillie.", ChangeKind.CONDITION),
        ("la tour est solide", "Il n'est pas vrai que la tour est solide.", ChangeKind.NEGATION),
        ("Firmeremo il trattato", "Firmeremo il trattato se i soldati partono.", ChangeKind.CONDITION),
        ("La diga è sicura", "La diga non è sicura.", ChangeKind.NEGATION),
        ("Tutti i pozzi sono sani", "Quasi tutti i pozzi sono sani.", ChangeKind.HEDGE),
        ("Todos cobraron", "Todos cobraron salvo las enfermeras.", ChangeKind.QUANTIFIER),
        ("La presa es segura", "La presa es segura a menos que llueva.", ChangeKind.CONDITION),
    ],
)
def test_negations_conditions_and_exceptions_of_other_languages_are_seen(words, original, kind):
    verdict = grade_pair(words, original)
    assert verdict.grade is Grade.ALTERED
    assert kind in {change.kind for change in verdict.changes if change.material}


@pytest.mark.parametrize(
    ("words", "original"),
    [
        ("der Turm sicher ist", "Es gibt keinen Zweifel, dass der Turm sicher ist."),
        ("Das Fest war ein Erfolg", "Das Fest war ein Erfolg, sagte der Bürgermeister."),
        ("Nous avons réparé le pont", "Nous avons réparé le pont avec des bénévoles."),
        ("Abbiamo riparato il ponte", "Abbiamo riparato il ponte con i volontari."),
        ("La fiesta fue un éxito", "La fiesta fue un éxito y la repetiremos."),
        ("El pueblo no tiene agua", "El pueblo no tiene agua ni luz."),
    ],
)
def test_sentences_of_other_languages_that_only_go_on_are_fair(words, original):
    assert grade_pair(words, original).grade is Grade.VERBATIM


def test_a_negation_twice_over_in_italian_denies_once():
    assert grade_pair("Non abbiamo mai venduto la diga", "Non abbiamo venduto la diga.").grade is not Grade.ALTERED
