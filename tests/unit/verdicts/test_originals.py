from dataclasses import replace

import pytest

from quoth.pipeline.examine import examine
from quoth.reports.notes import notes
from quoth.types import Document, Grade
from quoth.verdicts.originals import original_of

REPORT = Document(
    "gazette.txt",
    "The Foreign Ministry of Valdora said that “the tribunal in Ostrel released captain Ilya Mahrens on the morning "
    "of 28 April after a detention of 46 days, and his 12 seamen were able to travel back to Lunde aboard the vessel "
    "Hanna Verrel.”",
    "",
    language="en",
)
SOURCE = Document(
    "statement.txt",
    "The court in Ostrel set captain Ilya Mahrens free in the morning of 28 April after he had been held for 46 "
    "days, and his 12 sailors could return to Lunde on board the ship Hanna Verrel. The ministry thanks Consul Oda "
    "Kest. She visited the prison of Brandt 9 times. The ship is worth 340 million crowns.",
    "",
    published="2031-05-01",
    language="en",
)
FRENCH = Document(
    "declaration.txt",
    "Le tribunal d'Ostrel a libéré le capitaine Ilya Mahrens dans la matinée du 28 avril après 46 jours de "
    "détention, et ses 12 marins ont pu rentrer à Lunde à bord du navire Hanna Verrel. Le ministère remercie la "
    "consule Oda Kest, qui s'est rendue 9 fois à la prison de Brandt. Le navire vaut 340 millions de couronnes.",
    "",
    title="Déclaration du ministère",
    published="2031-05-01",
    language="fr",
)
RUSSIAN = Document(
    "zayavleniye.txt",
    "Суд в Остреле освободил капитана Илью Маренса утром 28 апреля после 46 дней под стражей, и его 12 моряков "
    "смогли вернуться в Лунде на борту судна «Ханна Веррел». Министерство благодарит консула Оду Кест, которая 9 раз "
    "была в тюрьме Брандта. Судно стоит 340 миллионов крон.",
    "",
    language="ru",
)
PERSIAN = Document(
    "bayaniye.txt",
    "دادگاه اوسترل بامداد ۲۸ آوریل ناخدا ایلیا مارنس را پس از ۴۶ روز بازداشت آزاد کرد و ۱۲ ملوان او توانستند با کشتی "
    "هانا ورل به لونده بازگردند. وزارت از کنسول اودا کست که ۹ بار به زندان برانت رفت سپاسگزار است. ارزش این کشتی ۳۴۰ "
    "میلیون کرون است.",
    "",
    language="fa",
)
ANOTHER_MATTER = Document(
    "accord.txt",
    "Le ministère a reçu l'ambassadeur de Lunde, Jon Havel, le 29 avril. Les deux pays ont signé un accord sur 17 "
    "ports et 230 navires, qui entrera en vigueur en 2032. Le ministère remercie la consule Oda Kest de son travail.",
    "",
    language="fr",
)


@pytest.mark.parametrize(
    ("original", "language"),
    [(FRENCH, "French"), (RUSSIAN, "Russian"), (PERSIAN, "Persian")],
    ids=lambda one: str(one)[:8],
)
def test_the_original_of_two_translations_is_named_with_its_language_and_without_a_claim_about_its_words(
    original, language
):
    (verdict,) = examine(REPORT, [SOURCE, original]).verdicts
    assert verdict.grade is Grade.REWORDED
    assert {piece.source for piece in verdict.pieces} == {"statement.txt"}
    assert f"may be translations of the {language} document {original.called}" in verdict.reason
    assert "its wording was not compared" in verdict.reason


def test_a_document_of_the_same_ministry_about_another_matter_is_not_the_original():
    assert original_of(SOURCE, [SOURCE, ANOTHER_MATTER]) is None
    (verdict,) = examine(REPORT, [SOURCE, ANOTHER_MATTER]).verdicts
    assert "translations of" not in verdict.reason


def test_the_document_that_shares_most_is_the_original():
    found = original_of(SOURCE, [ANOTHER_MATTER, RUSSIAN, FRENCH])
    assert found is not None
    assert found.document in {FRENCH, RUSSIAN}
    assert found.shared <= found.of


@pytest.mark.parametrize(
    "changed",
    [
        {"language": "en"},
        {"language": None},
        {"published": "2030-01-07"},
        {"text": FRENCH.text.replace("28", "19").replace("46", "12") + FRENCH.text * 3},
        {"text": " ".join(reversed(FRENCH.text.split()))},
    ],
    ids=["same language", "unknown language", "another year", "much longer", "another order"],
)
def test_what_speaks_against_an_original(changed):
    fields = {"id": "d", "text": FRENCH.text, "sha256": "", "published": "2031-05-01", "language": "fr"} | changed
    assert original_of(SOURCE, [Document(**fields)]) is None


def test_a_date_without_a_day_speaks_against_nothing():
    assert original_of(SOURCE, (SOURCE, replace(FRENCH, published="2031"))) is not None


def test_the_same_words_in_report_and_source_are_no_translations_of_anything():
    report = Document("r", f"The ministry said: “{SOURCE.text.split('. ')[0]}.”", "", language="en")
    (verdict,) = examine(report, [SOURCE, FRENCH]).verdicts
    assert verdict.grade is Grade.VERBATIM
    assert "translations of" not in verdict.reason


def test_what_a_report_leaves_out_of_a_text_in_another_language_is_not_listed_and_that_is_said():
    found = examine(REPORT, [SOURCE, FRENCH])
    assert {one.source for one in found.left_out} == {"statement.txt"}
    assert any("leaves out of it is not listed" in note for note in notes(found))
