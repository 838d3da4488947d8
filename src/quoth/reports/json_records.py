"""Values to the records of the JSON contract: spans as `[start, end]`, absence as null, enums as their words."""

from collections.abc import Iterable

from quoth.reports.notes import notes
from quoth.types import (
    Carriage,
    Change,
    Claim,
    Discrepancy,
    Document,
    Entity,
    Examination,
    LeftOut,
    Passage,
    Piece,
    Span,
    Statement,
    Verdict,
)

Record = dict[str, object]

DECIMALS = 4  # of confidences and saliences: more would be noise in a diff of two runs


def to_json(examination: Examination) -> Record:
    """An examination as the contract's Examination record.

    Args:
        examination: what was found out about one report.

    Returns:
        Dictionaries, lists, strings, numbers, booleans and None only; every span indexes the `text` of its document in
        Unicode code points. Beyond the contract: `statements[].negated`, `.confidence` and `.attitude`, `entities[].named`,
        `left_out[].why` and `notes` (what could not be compared, in words).
    """
    return {
        "report": document_record(examination.report),
        "sources": [document_record(source) for source in examination.sources],
        "statements": [statement_record(statement) for statement in examination.statements],
        "verdicts": [verdict_record(verdict) for verdict in examination.verdicts],
        "left_out": [left_out_record(entry) for entry in examination.left_out],
        "added": [{"span": span_record(entry.span)} for entry in examination.added],
        "discrepancies": [discrepancy_record(entry) for entry in examination.discrepancies],
        "entities": [entity_record(entity) for entity in examination.entities],
        "claims": [claim_record(claim) for claim in examination.claims],
        "recipe": dict(examination.recipe),
        "not_examined": [
            {"document": one.document, "span": span_record(one.span), "why": one.why}
            for one in examination.not_examined
        ],
        "notes": list(notes(examination)),
    }


def document_record(document: Document) -> Record:
    """A document with its text and its layout."""
    return {
        "id": document.id,
        "text": document.text,
        "sha256": document.sha256,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "language": document.language,
        "url": document.url,
        "blocks": [{"kind": str(block.kind), "span": span_record(block.span)} for block in document.blocks],
        "notes": list(document.notes),
    }


def statement_record(statement: Statement) -> Record:
    """Who said what, in one place."""
    return {
        "id": statement.id,
        "document": statement.document,
        "mode": str(statement.mode),
        "content": spans_record(statement.content),
        "cue": spans_record(statement.cue),
        "source": spans_record(statement.source),
        "speaker": statement.speaker,
        "act": str(statement.act),
        "within": statement.within,
        "said": statement.said,
        "negated": statement.negated,
        "attitude": statement.attitude,
        "confidence": round(statement.confidence, DECIMALS),
    }


def verdict_record(verdict: Verdict) -> Record:
    """The grade of a statement with its evidence."""
    return {
        "statement": verdict.statement,
        "grade": str(verdict.grade),
        "confidence": round(verdict.confidence, DECIMALS),
        "pieces": [piece_record(piece) for piece in verdict.pieces],
        "changes": [change_record(change) for change in verdict.changes],
        "reason": verdict.reason,
        "why": verdict.why,
        "support": support_record(verdict.support),
        "searched": {
            "documents": verdict.searched.documents,
            "passages": verdict.searched.passages,
            "nearest": nearest_record(verdict.searched.nearest),
        },
    }


def grade_record(record_id: object, verdict: Verdict) -> Record:
    """A verdict on a bare quotation: there is one source, so pieces and changes do not name it."""
    return {
        "id": record_id,
        "grade": str(verdict.grade),
        "confidence": round(verdict.confidence, DECIMALS),
        "pieces": [
            {"reported": span_record(piece.reported), "original": span_record(piece.original)}
            for piece in verdict.pieces
        ],
        "changes": [
            {key: value for key, value in change_record(change).items() if key != "source"}
            for change in verdict.changes
        ],
        "reason": verdict.reason,
        "support": support_record(verdict.support),
    }


def support_record(support: Carriage | None) -> Record | None:
    """The judge's four answers."""
    if support is None:
        return None
    return {name: round(getattr(support, name), DECIMALS) for name in ("carried", "partly", "changed", "absent")}


def entity_record(entity: Entity) -> Record:
    """One entity and where it is named."""
    return {
        "id": entity.id,
        "name": entity.name,
        "type": str(entity.type),
        "mentions": [{"document": mention.document, "span": span_record(mention.span)} for mention in entity.mentions],
        "aliases": list(entity.aliases),
        "named": entity.named,
    }


def claim_record(claim: Claim) -> Record:
    """A claim and the answers to it."""
    return {
        "id": claim.id,
        "by": claim.by,
        "about": list(claim.about),
        "statements": list(claim.statements),
        "text": claim.text,
        "responses": [
            {"by": response.by, "stance": str(response.stance), "statement": response.statement}
            for response in claim.responses
        ],
    }


def left_out_record(entry: LeftOut) -> Record:
    """A stretch of a source that the report does not carry."""
    return {
        "source": entry.source,
        "span": span_record(entry.span),
        "salience": round(entry.salience, DECIMALS),
        "why": entry.why,
    }


def discrepancy_record(entry: Discrepancy) -> Record:
    """A value that differs between report and source."""
    return {
        "kind": str(entry.kind),
        "report": span_record(entry.report),
        "report_value": entry.report_value,
        "source": entry.source,
        "original": span_record(entry.original),
        "source_value": entry.source_value,
    }


def piece_record(piece: Piece) -> Record:
    """A stretch of the report and the stretch of a source that it comes from."""
    return {
        "reported": span_record(piece.reported),
        "source": piece.source,
        "original": span_record(piece.original),
    }


def change_record(change: Change) -> Record:
    """One difference; null on the side where nothing stands."""
    return {
        "kind": str(change.kind),
        "material": change.material,
        "reported": span_record(change.reported) if change.reported else None,
        "original": span_record(change.original) if change.original else None,
        "source": change.source,
    }


def nearest_record(nearest: Passage | None) -> Record | None:
    """The nearest passage that was found, if there was any text to search."""
    return {"source": nearest.document, "span": span_record(nearest.span)} if nearest else None


def span_record(span: Span) -> list[int]:
    """`[start, end)`."""
    return [span.start, span.end]


def spans_record(spans: Iterable[Span]) -> list[list[int]]:
    """Spans in the order given."""
    return [span_record(span) for span in spans]
