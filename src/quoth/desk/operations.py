"""The table of the API's operations, the OpenAPI document that is made from it, and the check of what is sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quoth import __version__
from quoth.desk.examination_pages import EXPORTS
from quoth.reports.schema import schema
from quoth.review.decisions import MOST_NAME, MOST_NOTE
from quoth.types import Grade, Mode, UnusableInput

Schema = dict[str, object]

MOST_LETTERS = 12_000_000  # of a text; see `quoth.pipeline.inputs`
_NO_NUL: list[Schema] = [{"pattern": r"^[^\u0000]*$"}]
_WORDS: list[Schema] = [{"pattern": r"\S"}, *_NO_NUL]  # two patterns: one for both could take quadratic time
_TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": MOST_LETTERS, "allOf": _WORDS}
_SHORT: Schema = {"type": "string", "minLength": 1, "maxLength": 2000, "allOf": _NO_NUL}
_ADDRESS: Schema = {"type": "string", "minLength": 9, "maxLength": 2000, "allOf": [{"pattern": "^https?://"}, *_NO_NUL]}
_YES: Schema = {"type": "boolean"}
_DOCUMENT: Schema = {
    "type": "object",
    "description": "exactly one of text, html, address and id (of a document of the archive)",
    "properties": {"text": _TEXT, "html": _TEXT, "address": _ADDRESS, "id": _SHORT, "name": _SHORT, "url": _ADDRESS},
    "oneOf": [{"required": [way]} for way in ("text", "html", "address", "id")],
    "additionalProperties": False,
}
_SOURCES: Schema = {"type": "array", "items": _DOCUMENT, "minItems": 1, "maxItems": 40}
_SEARCHED: Schema = {"type": "boolean", "const": True, "description": "look for the sources in the archive"}
_OBJECT: Schema = {"type": "object"}
_MODE: Schema = {"enum": list(map(str, Mode))}
_JOB: Schema = {
    "type": "object",
    "required": ["id", "state", "done", "total", "message", "examination"],
    "properties": {
        "id": {"type": "string"},
        "state": {"enum": ["waiting", "running", "done", "failed", "cancelled"]},
        "done": {"type": "integer", "description": "statements judged so far"},
        "total": {"type": "integer", "description": "statements to judge; 0 while nobody knows"},
        "message": {"type": "string", "description": "what went wrong"},
        "examination": {"type": ["string", "null"], "description": "id of the examination, once the job is done"},
    },
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation.

    Attributes:
        name: its id.
        method: GET, POST or DELETE.
        path: its address; what stands in braces varies.
        summary: what it does.
        body: the schema of what is sent; None for nothing.
        query: names of what may stand behind the question mark, each with what it means.
        answer: the schema of what comes back; None for nothing, or for no JSON.
        status: of a good answer.
        media: the media type of the answer, where it is no JSON.
        refusals: the other statuses that it answers with.
    """

    name: str
    method: str
    path: str
    summary: str
    body: Schema | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    answer: Schema | None = None
    status: int = 200
    media: str = "application/json"
    refusals: tuple[int, ...] = ()


def _object(required: Sequence[str] = (), **properties: Schema) -> Schema:
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


def _listing(name: str) -> Schema:
    return {"type": "object", "required": [name], "properties": {name: {"type": "array", "items": _OBJECT}}}


_SEARCH = {
    "q": "the words that are looked for",
    "publisher": "only documents of this publisher",
    "speaker": "only hits that this one says",
    "year": "only documents of this year (2031) or month (2031-05)",
}
_EXAMINATION: Schema = {"$ref": "#/components/schemas/Examination"}

OPERATIONS = (
    Operation("statements", "POST", "/api/statements", "Who said what in a text",
              body=_object(["text"], text=_TEXT, name=_SHORT, attitudes=_YES), answer=_OBJECT),
    Operation("compare", "POST", "/api/compare", "Hold one quotation against the text of its source",
              body=_object(["reported", "original"], reported=_TEXT, original=_TEXT, mode=_MODE),
              answer=_OBJECT),
    Operation("names", "POST", "/api/names", "Whether two names are one person's or one body's",
              body=_object(["a", "b"], a=_TEXT, b=_TEXT), answer=_OBJECT),
    Operation("read", "POST", "/api/read", "A document of a text, the HTML of a page, or an address",
              body=_DOCUMENT, answer=_OBJECT, refusals=(404, 502)),
    Operation("examine", "POST", "/api/jobs", "Begin to hold a report against its sources, or the archive",
              body={**_object(["report"], report=_DOCUMENT, sources=_SOURCES, archive=_SEARCHED, keep=_YES),
                    "oneOf": [{"required": ["sources"]}, {"required": ["archive"]}]},
              answer=_JOB, status=202, refusals=(503,)),
    Operation("examinations", "GET", "/api/examinations", "The examinations, the last first",
              answer=_listing("examinations")),
    Operation("examination", "GET", "/api/examinations/{id}",
              "An examination: `review` of a verdict is what a person decided, or null; `as_reviewed` is what stands",
              answer=_EXAMINATION, refusals=(404,)),
    Operation("delete", "DELETE", "/api/examinations/{id}", "Delete an examination and all decisions about it",
              status=204, refusals=(404,)),
    Operation("export", "GET", "/api/examinations/{id}/export/{kind}",
              f"An examination as {', '.join(EXPORTS)}", media="*/*", refusals=(404,)),
    Operation("decisions", "GET", "/api/examinations/{id}/decisions", "What was decided about an examination, in order",
              answer=_listing("decisions"), refusals=(404,)),
    Operation("decide", "POST", "/api/examinations/{id}/findings/{finding}/decisions",
              "Accept, reject or correct a finding, or undo the last decision; `version` is the last one you have seen",
              body=_object(
                  ["act", "version"],
                  act={"enum": ["accept", "reject", "correct", "undo"]},
                  version={"type": "integer", "minimum": 0, "maximum": 1_000_000},
                  note={"type": "string", "maxLength": MOST_NOTE, "allOf": _NO_NUL},
                  grade={"enum": list(map(str, Grade))},
                  speaker={"type": "string", "maxLength": MOST_NAME, "allOf": _NO_NUL},
                  content={"type": "array", "maxItems": 50, "items": {
                      "type": "array", "minItems": 2, "maxItems": 2,
                      "items": {"type": "integer", "minimum": 0, "maximum": MOST_LETTERS}}},
              ),
              answer=_OBJECT, status=201, refusals=(404, 409)),
    Operation("corrections", "GET", "/api/corrections", "What people corrected, the last first",
              answer=_listing("corrections")),
    Operation("job", "GET", "/api/jobs/{id}", "How far a job is", answer=_JOB, refusals=(404,)),
    Operation("cancel", "POST", "/api/jobs/{id}/cancel", "Cancel a job", answer=_JOB, refusals=(404,)),
    Operation("job_events", "GET", "/api/jobs/{id}/events", "How far a job is, as server-sent events, until it ends",
              media="text/event-stream", refusals=(404,)),
    Operation("search", "GET", "/api/archive/search", "Search the archive", query=_SEARCH, answer=_listing("found"),
              refusals=(404,)),
    Operation("document", "GET", "/api/archive/document", "A document of the archive", query={"id": "the document"},
              answer=_OBJECT, refusals=(404,)),
    Operation("speakers", "GET", "/api/speakers", "Who is said to have said something", answer=_listing("speakers")),
    Operation("said_by", "GET", "/api/speakers/said", "All that somebody is said to have said",
              query={"key": "the speaker's key"}, answer=_listing("statements")),
)  # fmt: skip
_BY_NAME = {one.name: one for one in OPERATIONS}
_MEANINGS = {
    400: "what was sent cannot be used; `error` says why",
    401: "nobody signed in, and no token was sent",
    403: "whoever asks may not do this",
    404: "there is no such thing",
    502: "an address could not be fetched",
    409: "somebody decided in the meantime (`latest` is their decision), or it does not fit the finding as it stands",
    413: "more than one request may bring",
    429: "too many requests",
    503: "too many jobs wait",
}
_ALWAYS = (400, 401, 403, 413, 429)


def openapi() -> Schema:
    """The OpenAPI 3.1 document."""
    paths: dict[str, dict[str, object]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _described(one)
    whole = schema()
    definitions = whole.pop("$defs")
    whole.pop("$schema")
    schemas = {"Examination": whole, **(definitions if isinstance(definitions, dict) else {})}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Quoth",
            "version": __version__,
            "description": "Checks what the press says someone said against what they said. Spans are [start, end) in"
            " Unicode code points of the document's text.",
        },
        "paths": paths,
        "components": {
            "schemas": _moved(schemas),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _described(one: Operation) -> Schema:
    error = {
        "application/json": {
            "schema": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
        }
    }
    good: Schema = {"description": one.summary}
    if one.answer is not None:
        good["content"] = {one.media: {"schema": one.answer}}
    elif one.status != 204:  # noqa: PLR2004
        good["content"] = {one.media: {"schema": {}}}
    refusals = sorted({*_ALWAYS, *one.refusals})
    found: Schema = {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [*_in_path(one), *_in_query(one)],
        "responses": {
            str(one.status): good,
            **{str(status): {"description": _MEANINGS[status], "content": error} for status in refusals},
        },
    }
    if one.body is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": one.body}}}
    return found


def _in_path(one: Operation) -> list[Schema]:
    names = [part[1:-1] for part in one.path.split("/") if part.startswith("{")]
    schemas: dict[str, Schema] = {"kind": {"enum": list(EXPORTS)}}
    return [
        {"name": name, "in": "path", "required": True, "schema": schemas.get(name, {"type": "string", "minLength": 1})}
        for name in names
    ]


def _in_query(one: Operation) -> list[Schema]:
    return [
        {"name": name, "in": "query", "description": meant, "schema": {"type": "string"}}
        for name, meant in one.query.items()
    ]


def _moved(value: object) -> object:
    """A schema whose references point to where OpenAPI has them."""
    if isinstance(value, dict):
        return {
            name: inner.replace("#/$defs/", "#/components/schemas/") if name == "$ref" else _moved(inner)
            for name, inner in value.items()
        }
    return [_moved(one) for one in value] if isinstance(value, list) else value


def checked(record: object, operation: str) -> dict[str, object]:
    """A record that was sent, if it is what an operation takes.

    Raises:
        UnusableInput: it is not; the sentence says what is wrong, and where.
    """
    body = _BY_NAME[operation].body or _OBJECT
    if wrong := _wrong(record, body, "the body"):
        raise UnusableInput(wrong)
    return record if isinstance(record, dict) else {}


def _wrong(value: object, wanted: Schema, where: str) -> str:
    """What is wrong with a value, in a sentence; "" for nothing. Only what the table above says is understood."""
    choices = wanted.get("enum")
    if isinstance(choices, list):
        known = ", ".join(map(str, choices))
        return "" if isinstance(value, str) and value in choices else f"{where} must be one of {known}."
    match wanted["type"]:
        case "object":
            return _wrong_object(value, wanted, where)
        case "array":
            return _wrong_list(value, wanted, where)
        case "string":
            return _wrong_string(value, wanted, where)
        case "integer":
            least, most = _bounds(wanted, "minimum", "maximum")
            whole = (isinstance(value, float) and value.is_integer()) or type(value) is int  # 7.0 is one, true is none
            fits = whole and isinstance(value, int | float) and least <= value <= most
            return "" if fits else f"{where} must be a whole number from {least} to {most}."
        case _:
            allowed = (True,) if "const" in wanted else (True, False)
            words = " or ".join(map(str, allowed)).lower()
            return "" if any(value is one for one in allowed) else f"{where} must be {words}."


def _wrong_string(value: object, wanted: Schema, where: str) -> str:
    shortest, longest = _bounds(wanted, "minLength", "maxLength")
    if not isinstance(value, str) or not shortest <= len(value) <= longest:
        return f"{where} must be a string of {shortest} to {longest} letters."
    parts = wanted.get("allOf")
    patterns = [str(part["pattern"]) for part in parts] if isinstance(parts, list) else []
    return next((f"{where} must match {one}." for one in patterns if not re.search(one, value)), "")


def _wrong_object(value: object, wanted: Schema, where: str) -> str:
    if not isinstance(value, dict):
        return f"{where} must be an object."
    properties, required = wanted["properties"], wanted.get("required", [])
    known: dict[str, Schema] = properties if isinstance(properties, dict) else {}
    for name in required if isinstance(required, list) else []:
        if name not in value:
            return f'"{name}" is missing in {where}.'
    for name, inner in value.items():
        if name not in known:
            return f"{where} may have {', '.join(known)} only."
        if wrong := _wrong(inner, known[name], f'"{name}"'):
            return wrong
    choices = wanted.get("oneOf")
    ways = [str(one["required"][0]) for one in choices] if isinstance(choices, list) else []
    if ways and sum(way in value for way in ways) != 1:
        return f"{where} must have exactly one of {', '.join(ways)}."
    return ""


def _wrong_list(value: object, wanted: Schema, where: str) -> str:
    least, most = _bounds(wanted, "minItems", "maxItems")
    if not isinstance(value, list) or not least <= len(value) <= most:
        return f"{where} must be a list of {least} to {most}."
    items = wanted["items"]
    inner: Schema = items if isinstance(items, dict) else {}
    return next((wrong for one in value if (wrong := _wrong(one, inner, f"what stands in {where}"))), "")


def _bounds(wanted: Schema, least: str, most: str) -> tuple[int, int]:
    low, high = wanted.get(least, 0), wanted.get(most, MOST_LETTERS)
    return low if isinstance(low, int) else 0, high if isinstance(high, int) else MOST_LETTERS
