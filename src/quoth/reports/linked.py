"""An examination as linked data: quotations and claims of schema.org, and its provenance by PROV-O, both JSON-LD.

Documents are named by the digest of their text (RFC 6920), so that the same text has one name everywhere; an address is
told beside it. A rating is written only for what a person decided, with the person's name.
"""

import base64
import json
import uuid
from collections.abc import Iterable, Mapping

from quoth.reports.excerpts import one_line
from quoth.reports.labels import MEANINGS, heading
from quoth.reports.view import Finding, View, view
from quoth.types import Decided, Document, Examination, Grade, Status

Node = dict[str, object]

SOFTWARE = "urn:quoth:software"
SCHEMA_ORG = "https://schema.org"
PROV = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_OURS = uuid.UUID("7d1c3f0e-52b8-5c0a-9c57-1f6f0a7e6b11")  # a name space of our own, drawn once
#: Grades of what the source's own words are, at least in pieces: quoted from it; others are derived from it.
QUOTED = frozenset({Grade.VERBATIM, Grade.ABRIDGED, Grade.SPLICED})


def document_name(document: Document) -> str:
    """The name of a text: `ni:///sha-256;...` of its digest; of one without a digest, a name made of its id."""
    try:
        digest = bytes.fromhex(document.sha256)
    except ValueError:
        digest = b""
    if not digest:
        return named("document", document.id)
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).rstrip(b'=').decode('ascii')}"


def named(kind: str, *parts: str) -> str:
    """A name that is the same for the same parts, always."""
    return uuid.uuid5(_OURS, json.dumps([kind, *parts])).urn


def statement_name(examination: Examination, statement: str) -> str:
    """The name of a statement of a report."""
    return named("statement", examination.report.sha256 or examination.report.id, statement)


def dumped(context: object, graph: Iterable[Node], **more: object) -> str:
    """A JSON-LD document; what a page could take for markup is escaped, so that it may stand in a script element."""
    whole = {"@context": context, **more, "@graph": list(graph)}
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"


def web_address(document: Document) -> str | None:
    """The address of a document, if it is one of the web."""
    url = document.url
    return url if url and url.lower().startswith(("https://", "http://")) and not any(map(str.isspace, url)) else None


# --- schema.org -------------------------------------------------------------------------------------------------------


def to_schema_org(examination: Examination) -> str:
    """Quotations (direct speech) and claims (indirect) of a report, and what people decided, as schema.org has them.

    Args:
        examination: what was found out about one report. What people decided is the status and a comment of what was
            said, and a ClaimReview where they stand for a grade. Grades that nobody stands for are in no rating.
    """
    seen = view(examination)
    graph: list[Node] = [_software(examination), *map(_article, (examination.report, *examination.sources))]
    for finding in (*seen.findings, *seen.rejected):
        graph.append(_said(seen, finding))
        if finding.decided and not finding.rejected:
            graph.append(_review(seen, finding, finding.decided))
    return dumped(SCHEMA_ORG, graph)


def _software(examination: Examination) -> Node:
    return {
        "@id": SOFTWARE,
        "@type": "SoftwareApplication",
        "name": "Quoth",
        "softwareVersion": str(examination.recipe.get("quoth", "")),
    }


def _article(document: Document) -> Node:
    known = {
        "datePublished": document.published,
        "inLanguage": document.language,
        "url": web_address(document),
        "publisher": {"@type": "Organization", "name": document.publisher} if document.publisher else None,
    }
    return {
        "@id": document_name(document),
        "@type": "Article",
        "headline": heading(document),
        "identifier": document.id,
        **{name: value for name, value in known.items() if value},
    }


def _said(seen: View, finding: Finding) -> Node:
    examination = seen.examination
    speaker = examination.speaker(finding.statement)
    kind = {"person": "Person", "place": "Place"}.get(str(speaker.type) if speaker else "", "Organization")
    who: Node = {"@type": kind, "name": finding.speakers[0]}
    sources = {piece.source: None for piece in finding.verdict.pieces}
    based = [{"@id": document_name(examination.document(source))} for source in sources]
    node: Node = {
        "@id": statement_name(examination, finding.anchor),
        "@type": "Quotation" if finding.quoted else "Claim",
        "text": finding.words,
        "inLanguage": examination.report.language or "und",
    }
    report = {"@id": document_name(examination.report)}
    if finding.quoted:
        node |= {"spokenByCharacter": who, "isPartOf": report}
    else:
        node |= {"author": who, "appearance": report}
    if based:
        node["isBasedOn"] = based
    if one := finding.decided:
        person = {"@type": "Person", "name": one.by}
        node["creativeWorkStatus"] = str(one.status)
        node["comment"] = {"@type": "Comment", "text": finding.decision, "author": person, "dateCreated": one.at}
    return node


def _review(seen: View, finding: Finding, one: Decided) -> Node:
    said = {"@id": statement_name(seen.examination, finding.anchor)}
    rating: Node = {
        "@type": "Rating",
        "alternateName": str(finding.grade),
        "ratingExplanation": one.note or MEANINGS[finding.grade],
    }
    return {
        "@id": named("review", statement_name(seen.examination, finding.anchor), one.by, one.at),
        "@type": "ClaimReview",
        "claimReviewed": finding.words,
        "itemReviewed": said if not finding.quoted else {"@type": "Claim", "text": finding.words, "appearance": said},
        "author": {"@type": "Person", "name": one.by},
        "datePublished": one.at,
        "reviewRating": rating,
    }


# --- PROV-O -----------------------------------------------------------------------------------------------------------


def to_provenance(examination: Examination) -> str:
    """What was made of what, by what and by whom.

    Args:
        examination: what was found out about one report; what a person decided is an activity of theirs.

    Returns:
        PROV-O as JSON-LD with its context inside. Documents, statements and verdicts are entities; the examination is
        an activity that used the documents and the models of the recipe. The verdict is the program's; what a person
        accepted is derived from it, what they corrected is a revision of it, and by what they rejected it is
        invalidated.
    """
    seen = view(examination)
    report = examination.report
    run = named("run", report.sha256, *(one.sha256 for one in examination.sources), _recipe(examination.recipe))
    models = [_model(str(part), str(made)) for part, made in examination.recipe.items() if part != "quoth"]
    used = [document_name(one) for one in (report, *examination.sources)] + [str(model["@id"]) for model in models]
    graph: list[Node] = [
        {"@id": SOFTWARE, "@type": ["prov:SoftwareAgent", "prov:Agent"], "dcterms:title": "Quoth",
         "dcterms:hasVersion": str(examination.recipe.get("quoth", ""))},
        *(_entity(one) for one in (report, *examination.sources)),
        *models,
        {"@id": run, "@type": "prov:Activity", "prov:used": _links(dict.fromkeys(used)),
         "prov:wasAssociatedWith": {"@id": SOFTWARE}},
    ]  # fmt: skip
    for finding in (*seen.findings, *seen.rejected):
        graph += _traced(examination, finding, run)
        if finding.decided:
            graph += _decided(examination, finding, finding.decided, run)
    return dumped(PROV, graph)


def _recipe(recipe: Mapping[str, object]) -> str:
    return json.dumps(recipe, sort_keys=True, default=str)


def _model(part: str, made: str) -> Node:
    return {
        "@id": named("model", part, made),
        "@type": "prov:Entity",
        "dcterms:title": part,
        "dcterms:hasVersion": made,
    }


def _entity(document: Document) -> Node:
    node: Node = {
        "@id": document_name(document),
        "@type": "prov:Entity",
        "dcterms:title": heading(document),
        "dcterms:identifier": document.id,
    }
    if document.published:
        node["dcterms:issued"] = document.published
    if address := web_address(document):
        node["prov:atLocation"] = {"@id": address}
    return node


def _traced(examination: Examination, finding: Finding, run: str) -> list[Node]:
    """A statement, which comes from the passages that carry it, and the verdict on it."""
    name = statement_name(examination, finding.anchor)
    origin = "prov:wasQuotedFrom" if finding.grade in QUOTED else "prov:wasDerivedFrom"
    passages = [
        (named("passage", document_name(source), str(piece.original.start), str(piece.original.end)), source, piece)
        for piece in finding.verdict.pieces
        for source in (examination.document(piece.source),)
    ]
    statement: Node = {
        "@id": name,
        "@type": "prov:Entity",
        "prov:value": finding.words,
        "dcterms:isPartOf": {"@id": document_name(examination.report)},
    }
    if passages:
        statement[origin] = _links(dict.fromkeys(passage for passage, _, _ in passages))
    verdict: Node = {
        "@id": named("verdict", name, run),
        "@type": "prov:Entity",
        "prov:value": str(finding.decided.found.grade if finding.decided else finding.grade),
        "dcterms:description": finding.decided.reason if finding.decided else finding.verdict.reason,
        "prov:wasGeneratedBy": {"@id": run},
        "prov:wasDerivedFrom": _links([name, *dict.fromkeys(passage for passage, _, _ in passages)]),
    }
    carrying: list[Node] = [
        {
            "@id": passage,
            "@type": "prov:Entity",
            "prov:value": one_line(source.words(piece.original)),
            "dcterms:isPartOf": {"@id": document_name(source)},
        }
        for passage, source, piece in passages
    ]
    return [statement, *carrying, verdict]


def _decided(examination: Examination, finding: Finding, one: Decided, run: str) -> list[Node]:
    name = statement_name(examination, finding.anchor)
    verdict = named("verdict", name, run)
    person, act = named("person", one.by), named("decision", name, one.by, one.at)
    at = {"@value": one.at, "@type": "xsd:dateTime" if "T" in one.at else "xsd:date"}
    origin = "prov:wasRevisionOf" if one.status is Status.CORRECTED else "prov:wasDerivedFrom"
    nodes: list[Node] = [
        {"@id": person, "@type": ["prov:Person", "prov:Agent"], "dcterms:title": one.by},
        {"@id": act, "@type": "prov:Activity", "dcterms:type": str(one.status), "dcterms:description": finding.decision,
         "prov:used": _links([name, verdict]), "prov:wasAssociatedWith": {"@id": person}, "prov:endedAtTime": at},
    ]  # fmt: skip
    if finding.rejected:
        return [*nodes, {"@id": verdict, "prov:wasInvalidatedBy": {"@id": act}}]
    return [*nodes, {
        "@id": named("confirmed", name, one.by, one.at), "@type": "prov:Entity", "prov:value": str(finding.grade),
        "dcterms:type": str(one.status), "dcterms:description": one.note, "prov:wasGeneratedBy": {"@id": act},
        "prov:wasAttributedTo": {"@id": person}, origin: {"@id": verdict},
    }]  # fmt: skip


def _links(names: Iterable[str]) -> list[Node]:
    return [{"@id": name} for name in names]
