"""The JSON of an examination."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from quoth.reports import to_json
from quoth.reports.schema import as_text, schema
from quoth.types import Examination

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def faults(value, rule, root, path="$"):
    """What `value` breaks of the parts of JSON Schema that ours uses."""
    if "$ref" in rule:
        rule = root["$defs"][rule["$ref"].rsplit("/", 1)[1]]
    if "oneOf" in rule:
        fitting = [one for one in rule["oneOf"] if not list(faults(value, one, root, path))]
        return [] if len(fitting) == 1 else [f"{path}: fits {len(fitting)} of {len(rule['oneOf'])}"]
    kinds = rule.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(fits(value, kind) for kind in kinds):
        return [f"{path}: {value!r} is no {kinds}"]
    look = {dict: object_faults, list: list_faults}.get(type(value), plain_faults)
    return list(look(value, rule, root, path))


def object_faults(value, rule, root, path):
    yield from (f"{path}.{key} is missing" for key in rule.get("required", []) if key not in value)
    for key, part in value.items():
        if key not in rule.get("properties", {key: {}}):
            yield f"{path}.{key} is not described"
        yield from faults(part, rule.get("properties", {}).get(key, {}), root, f"{path}.{key}")


def list_faults(value, rule, root, path):
    firsts = rule.get("prefixItems", [])
    if len(value) < rule.get("minItems", 0) or (firsts and len(value) > len(firsts)):
        yield f"{path}: of the wrong length"
        return
    for place, part in enumerate(value):
        yield from faults(part, firsts[place] if firsts else rule.get("items", {}), root, f"{path}[{place}]")


def plain_faults(value, rule, root, path):
    if "enum" in rule and value not in rule["enum"]:
        yield f"{path}: {value!r} is none of {rule['enum']}"
    if "pattern" in rule and not re.search(rule["pattern"], value):
        yield f"{path}: {value!r} is not like {rule['pattern']}"
    if "minimum" in rule and not rule["minimum"] <= value <= rule.get("maximum", value):
        yield f"{path}: {value} is out of bounds"


def fits(value, kind):
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[kind])


def test_an_examination_fits_its_schema(examination: Examination):
    assert list(faults(json.loads(json.dumps(to_json(examination))), schema(), schema())) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("verdicts", 0, "grade"), "false"),
        (("verdicts", 0, "confidence"), 1.2),
        (("statements", 0, "content"), []),
        (("statements", 0, "content", 0), [1, 2, 3]),
        (("report", "sha256"), "x"),
        (("verdicts", 1, "changes", 0, "original"), "none"),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_allow(examination: Examination, place, value):
    record = json.loads(json.dumps(to_json(examination)))
    *way, last = place
    at = record
    for step in way:
        at = at[step]
    at[last] = value
    assert list(faults(record, schema(), schema()))


def test_the_schema_in_the_docs_is_the_one_that_is_generated():
    path = Path(__file__).parents[3] / "docs" / "reference" / "examination.schema.json"
    assert path.read_text(encoding="utf-8") == as_text(), "python -m quoth.reports.schema > docs/reference/..."


def test_every_span_of_the_record_slices_back(examination: Examination):
    record = to_json(examination)
    text = record["report"]["text"]
    for statement in record["statements"]:
        for role in ("content", "cue", "source"):
            for start, end in statement[role]:
                assert text[start:end] == text[start:end].strip() != ""


def test_an_absent_side_of_a_change_is_null(examination: Examination):
    change = to_json(examination)["verdicts"][1]["changes"][0]
    assert change["original"] is None
    assert change["reported"] is not None


def test_the_record_holds_only_what_json_can_hold(examination: Examination):
    assert json.loads(json.dumps(to_json(examination))) == to_json(examination)


def test_another_language_of_the_source_is_a_note(examination: Examination):
    german = replace(examination.sources[0], language="de")
    (note,) = to_json(replace(examination, sources=(german,)))["notes"]
    assert "German" in note
    assert "cannot be compared" in note
