"""The JSON Schema (2020-12) of an Examination, made from the values themselves so that it cannot fall behind them.

`python -m quoth.reports.schema` prints it; docs/reference/examination.schema.json holds it, and a test compares them.
"""

import json
import sys
from collections.abc import Iterable
from enum import StrEnum

from quoth.types import Act, BlockKind, ChangeKind, EntityType, Grade, Mode, Stance

Schema = dict[str, object]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
COUNT: Schema = {"type": "integer", "minimum": 0}
YES_OR_NO: Schema = {"type": "boolean"}
SPAN: Schema = {
    "description": "[start, end) in Unicode code points of the document's text",
    "type": "array",
    "prefixItems": [COUNT, COUNT],
    "items": False,
    "minItems": 2,
}
SPAN_OR_NULL: Schema = {"oneOf": [SPAN, {"type": "null"}]}


def schema() -> Schema:
    """The schema of the object that `quoth trace --json` prints."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Examination",
        "description": "One report held against its sources, as `quoth trace --json` prints it",
        **_record(
            report=_ref("Document"),
            sources=_list(_ref("Document")),
            statements=_list(_ref("Statement")),
            verdicts=_list(_ref("Verdict")),
            left_out=_list(_record(source=TEXT, span=SPAN, salience=SHARE, why=TEXT)),
            added=_list(_record(span=SPAN)),
            discrepancies=_list(
                _record(
                    kind=_one_of(ChangeKind),
                    report=SPAN,
                    report_value=TEXT,
                    source=TEXT,
                    original=SPAN,
                    source_value=TEXT,
                )
            ),
            entities=_list(_ref("Entity")),
            claims=_list(_ref("Claim")),
            not_examined=_list(_record(document=TEXT, span=SPAN, why=TEXT)),
            recipe={"type": "object", "description": "versions and weights that gave these results"},
            notes=_list(TEXT),
        ),
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, Schema]:
    return {
        "Document": _record(
            id=TEXT,
            text=TEXT,
            sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
            title=TEXT_OR_NULL,
            publisher=TEXT_OR_NULL,
            published=TEXT_OR_NULL,
            language=TEXT_OR_NULL,
            url=TEXT_OR_NULL,
            blocks=_list(_with(_record(kind=_one_of(BlockKind), span=SPAN), **_placed())),
            notes=_list(TEXT),
        ),
        "Statement": _record(
            id=TEXT,
            document=TEXT,
            mode=_one_of(Mode),
            content={**_list(SPAN), "minItems": 1},
            cue=_list(SPAN),
            source=_list(SPAN),
            speaker=TEXT_OR_NULL,
            act=_one_of(Act),
            within=TEXT_OR_NULL,
            said=TEXT_OR_NULL,
            negated=YES_OR_NO,
            attitude=YES_OR_NO,
            confidence=SHARE,
        ),
        "Verdict": _record(
            statement=TEXT,
            grade=_one_of(Grade),
            confidence=SHARE,
            pieces=_list(_record(reported=SPAN, source=TEXT, original=SPAN)),
            changes=_list(
                _record(
                    kind=_one_of(ChangeKind),
                    material=YES_OR_NO,
                    reported=SPAN_OR_NULL,
                    original=SPAN_OR_NULL,
                    source=TEXT,
                )
            ),
            reason=TEXT,
            searched=_record(
                documents=COUNT,
                passages=COUNT,
                nearest={"oneOf": [_record(source=TEXT, span=SPAN), {"type": "null"}]},
            ),
            why=TEXT_OR_NULL,
            support={"oneOf": [_record(carried=SHARE, partly=SHARE, changed=SHARE, absent=SHARE), {"type": "null"}]},
        ),
        "Entity": _record(
            id=TEXT,
            name=TEXT,
            type=_one_of(EntityType),
            mentions=_list(_record(document=TEXT, span=SPAN)),
            aliases=_list(TEXT),
            named=YES_OR_NO,
            key=TEXT,
        ),
        "Claim": _record(
            id=TEXT,
            by=TEXT,
            about=_list(TEXT),
            statements=_list(TEXT),
            text=TEXT,
            responses=_list(_record(by=TEXT, stance=_one_of(Stance), statement=TEXT)),
        ),
    }


def _record(**fields: Schema) -> Schema:
    """An object that has all these fields; others may come in later versions."""
    return {"type": "object", "required": list(fields), "properties": fields}


def _with(record: Schema, **fields: Schema) -> Schema:
    """The same object with fields that it need not have."""
    properties = record["properties"]
    assert isinstance(properties, dict)  # as `_record` makes them
    return {**record, "properties": {**properties, **fields}}


def _placed() -> dict[str, Schema]:
    """What is known of blocks whose text came on pages, with times, as a transcript or from the web."""
    edges: Schema = {
        "description": "left, top, right and bottom edge in points from the upper left corner of the page",
        **_list({"type": "number"}),
        "minItems": 4,
        "maxItems": 4,
    }
    page: Schema = {"type": "integer", "minimum": 1}
    time: Schema = {"description": "seconds from the beginning", "type": "number", "minimum": 0}
    return {
        "speaker": TEXT,
        "page": page,
        "time": time,
        "boxes": _list(_record(page=page, span=SPAN, box=edges)),
        "moments": _list(_record(time=time, span=SPAN)),
        "path": {"description": "XPath of the element that holds it in a page of the web", **TEXT},
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_of(words: Iterable[StrEnum]) -> Schema:
    return {"enum": [str(word) for word in words]}


def as_text() -> str:
    """The schema as it stands in docs/reference."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_text())
