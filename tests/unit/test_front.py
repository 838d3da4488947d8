"""`import quoth`: what it offers, what it costs, and what it says when it is misused."""

import doctest
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import quoth
from quoth.fetching import Opened
from quoth.pipeline import front

REPORT = (
    "Harbour opens again\n\nThe harbour master of Orl said that “the harbour is open to almost every boat from today.” "
    "The mayor, Ada Renn, denied that anybody had been hurt.\n"
)
SOURCE = "Notice of the harbour master of Orl\n\nThe harbour is open to every boat from today. Nobody was hurt.\n"

FUNCTIONS = {"compare", "examine", "load_models", "read", "statements"}
#: What nobody needs from outside: what stages hand to each other, and helpers.
INSIDE = {"Alignment", "BODY_KINDS", "DESCRIBED", "Edit", "EditKind", "Places", "overlap", "statement_id", "united"}
INSIDE |= {"AsReviewed", "Decided", "Status", "Told", "decisions_of"}  # how a view tells what people decided


def test_the_public_names_are_the_functions_the_archive_the_models_and_all_nouns_and_errors():
    nouns = set(quoth.types.__all__) - INSIDE if hasattr(quoth, "types") else set()
    assert nouns
    assert set(quoth.__all__) == FUNCTIONS | {"Archive", "Models", "__version__"} | nouns


def test_every_public_name_can_be_imported_and_is_listed():
    assert [name for name in quoth.__all__ if getattr(quoth, name, None) is None] == []
    assert set(quoth.__all__) <= set(dir(quoth))
    assert quoth.Document is quoth.read(b"It rains.").__class__


def test_a_name_that_there_is_not_is_refused_as_every_module_does():
    with pytest.raises(AttributeError, match="module 'quoth' has no attribute 'telltale'"):
        quoth.telltale  # noqa: B018


def in_new_python(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_importing_quoth_imports_nothing_but_the_standard_library():
    program = "import sys; before = set(sys.modules); import quoth; print(*sorted(set(sys.modules) - before))"
    brought = in_new_python(program).split()
    assert [name for name in brought if name.split(".")[0] not in sys.stdlib_module_names] == ["quoth"]


def test_importing_quoth_costs_a_tenth_of_a_second_of_the_processor_at_most():
    def seconds(program: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        in_new_python(program)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    bare, with_quoth = (min(seconds(program) for _ in range(5)) for program in ("pass", "import quoth"))
    assert with_quoth - bare <= 0.1


def test_importing_a_noun_loads_no_stage():
    program = "import sys; from quoth import Document, QuothError; print(*sys.modules)"
    loaded = set(in_new_python(program).split())
    assert "quoth.types" in loaded
    assert not loaded & {"numpy", "onnxruntime", "lxml", "jinja2", "rich", "click", "quoth.pipeline", "quoth.reading"}


def test_models_are_loaded_when_first_needed_and_kept():
    assert quoth.load_models() is quoth.load_models()
    program = (
        "import sys, quoth; quoth.examine('“It rains,” he said.', 'It rains.', rules=True);"
        "print('onnxruntime' in sys.modules)"
    )
    assert in_new_python(program) == "False"


def test_rules_say_so_in_the_recipe_and_models_do_not():
    assert quoth.examine(REPORT, SOURCE, rules=True).recipe["tagger"] == "rules"
    recipe = quoth.examine(REPORT, SOURCE, models=quoth.load_models()).recipe
    assert recipe == quoth.examine(REPORT, SOURCE).recipe
    assert recipe["tagger"] == quoth.load_models().recipe.get("tagger", "rules")


def test_a_document_is_read_from_a_path_from_bytes_and_by_a_name_of_ones_own(tmp_path: Path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    by_path = quoth.read(path)
    assert by_path == quoth.read(str(path))
    assert (by_path.id, by_path.text) == ("report.txt", REPORT)
    assert quoth.read(path, name="r").id == "r"
    assert quoth.read(path.read_bytes(), name="report.txt") == quoth.read(path.read_bytes(), "report.txt") == by_path
    assert quoth.read(b"<html><body><p>It rains in Orl, and it has rained for days.</p></body></html>").blocks


def test_an_address_is_fetched_only_when_it_is_given(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def fetch(place: str) -> Opened:
        asked.append(place)
        return Opened(SOURCE.encode(), place)

    monkeypatch.setattr("quoth.fetching.files.fetch", fetch)
    assert quoth.read("https://orl.example/notice").text == SOURCE
    assert asked == ["https://orl.example/notice"]


@pytest.mark.parametrize(
    ("call", "error", "told"),
    [
        (lambda: quoth.read("no/such/file.txt"), quoth.UnusableInput, "no such file"),
        (lambda: quoth.read(b""), quoth.UnusableInput, "document: the file is empty"),
        (lambda: quoth.read(b"x" * 12_000_001, name="big"), quoth.UnusableInput, "big holds 12.0 MB"),
        (lambda: quoth.statements(" \n"), quoth.UnusableInput, "text is empty"),
        (lambda: quoth.compare("", "It rains."), quoth.UnusableInput, "reported is empty"),
        (lambda: quoth.compare("It rains.", "\ud800"), quoth.UnusableInput, "half of a surrogate pair"),
        (lambda: quoth.compare("It rains.", "It rains.", mode="loud"), quoth.UnusableInput, "direct, indirect, mixed"),
        (lambda: quoth.examine(REPORT, REPORT, rules=True), quoth.UnusableArguments, "same text as the report"),
        (
            lambda: quoth.examine(quoth.read(b"It rains.", name="a"), [quoth.read(b"It snows.", name="a")]),
            quoth.UnusableArguments,
            "the same id, a",
        ),
        (
            lambda: quoth.statements(REPORT, rules=True, models=quoth.load_models()),
            quoth.UnusableArguments,
            "either models or rules",
        ),
    ],
)
def test_what_cannot_be_done_is_one_error_of_the_tree(call, error: type[quoth.QuothError], told: str):
    with pytest.raises(error, match=told) as raised:
        call()
    assert isinstance(raised.value, quoth.QuothError)


def test_one_source_several_sources_and_an_archive_are_all_sources(tmp_path: Path):
    report, source = quoth.read(REPORT.encode(), name="r"), quoth.read(SOURCE.encode(), name="s")
    alone = quoth.examine(report, source, rules=True)
    assert alone == quoth.examine(report, [source], rules=True)
    with quoth.Archive.open(tmp_path / "archive", create=True) as archive:
        list(archive.add([source]))
        found = quoth.examine(report, archive, rules=True)
    assert [one.id for one in found.sources] == ["s"]
    assert [one.grade for one in found.verdicts] == [one.grade for one in alone.verdicts]


def test_the_words_of_every_span_are_at_hand():
    found = quoth.examine(REPORT, SOURCE, rules=True)
    quoted = next(one for one in found.statements if one.mode is not quoth.Mode.INDIRECT)
    assert "almost every boat" in found.words(quoted)
    assert found.report.words(quoted) == found.words(quoted)
    assert found.report.words(quoted.cue) == "said"
    verdict = found.verdict(quoted)
    assert verdict.grade is quoth.Grade.ALTERED
    assert ("almost", "") in [found.both(change) for change in verdict.changes]
    reported, original = found.both(verdict.pieces[-1])
    assert reported.endswith("every boat from today")
    assert original == "The harbour is open to every boat from today"
    assert found.words(quoth.Passage("source", 0, 6)) == "Notice"
    for left_out in found.left_out:
        assert found.words(left_out) in SOURCE
    for added in found.added:
        assert found.words(added) in REPORT


def test_who_spoke_is_an_entity_or_nobody():
    found = quoth.examine(REPORT, SOURCE, rules=True)
    names = {speaker.name for one in found.statements if (speaker := found.speaker(one))}
    assert any("Renn" in name for name in names)


def test_a_dictionary_of_an_examination_is_json_and_holds_its_parts():
    found = quoth.examine(REPORT, SOURCE, rules=True)
    record = json.loads(json.dumps(found.to_dict()))
    assert record["statements"] == [one.to_dict() for one in found.statements]
    assert record["verdicts"] == [one.to_dict() for one in found.verdicts]
    assert record["report"]["text"] == REPORT
    nearest = record["verdicts"][0]["searched"]["nearest"]
    assert nearest is None or set(nearest) == {"source", "span"}


def test_statements_take_attitudes():
    assert quoth.statements(REPORT, rules=True, attitudes=True)
    assert set(quoth.statements(REPORT, rules=True)) <= set(quoth.statements(REPORT, rules=True, attitudes=True))


def test_a_notebook_shows_the_page_in_a_frame_in_which_nothing_runs():
    html = quoth.examine(REPORT.replace("Renn", "<script>Renn"), SOURCE, rules=True)._repr_html_()
    assert html is not None
    assert html.startswith('<iframe sandbox="" srcdoc="')
    assert html.count("<") == html.count(">") == 2
    assert "&amp;lt;script&amp;gt;Renn" in html


def test_a_notebook_prints_an_examination_where_nobody_makes_pages():
    program = (
        "from quoth import Document, Examination;print(Examination(Document('a', 'It rains.', ''), ())._repr_html_())"
    )
    assert in_new_python(program) == "None"


@pytest.mark.parametrize("module", [quoth, front], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_are_true(module):
    failed, tried = doctest.testmod(module, extraglobs={name: getattr(quoth, name) for name in FUNCTIONS})
    assert tried > 0
    assert failed == 0
