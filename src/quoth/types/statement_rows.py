"""Statements as the rows of a table, in words: what a spreadsheet or a data frame needs, without offsets to resolve."""

from collections.abc import Mapping, Sequence

from quoth.types.document import GAP, Document
from quoth.types.entity import Entity
from quoth.types.statement import Statement
from quoth.types.verdict import Verdict

Row = dict[str, str | int | float | None]

#: The columns of a row, in their order, each with the type of its values.
COLUMNS: Mapping[str, type] = {
    "document": str,
    "speaker": str,
    "speaker_key": str,
    "act": str,
    "mode": str,
    "words": str,
    "grade": str,
    "confidence": float,
    "reason": str,
    "source": str,
    "source_words": str,
    "start": int,
    "end": int,
    "attitude": bool,
}
DECIMALS = 4  # of a confidence


def rows(
    report: Document,
    statements: Sequence[Statement],
    entities: Sequence[Entity],
    verdicts: Sequence[Verdict] = (),
    sources: Sequence[Document] = (),
) -> list[Row]:
    """A row for each statement of a document.

    Args:
        report: the document.
        statements: its statements.
        entities: those that its speakers are among.
        verdicts: of the statements; without them the columns from `grade` to `source_words` are None.
        sources: the documents that the verdicts point into.

    Returns:
        Rows in the order of the statements, each with all of `COLUMNS`. `speaker`: the name, else the words that name
        the speaker in that place, else None. `speaker_key`: the same for one name in all documents, None for whoever
        has no name. `source`, `source_words`: ids and words of what the statement draws on, None for nothing. `start`,
        `end`: from the first code point of the content to behind its last. `attitude`: whether it is what somebody
        thinks, wants or does, and no statement.
    """
    known = {entity.id: entity for entity in entities}
    judged = {verdict.statement: verdict for verdict in verdicts}
    texts = {source.id: source for source in sources}
    found: list[Row] = []
    for one in statements:
        entity = known.get(one.speaker or "")
        verdict = judged.get(one.id)
        pieces = verdict.pieces if verdict else ()
        found.append(
            {
                "document": report.id,
                "speaker": entity.name if entity else report.words(one.source) or None,
                "speaker_key": speaker_key(entity),
                "act": str(one.act),
                "mode": str(one.mode),
                "words": report.words(one),
                "grade": str(verdict.grade) if verdict else None,
                "confidence": round(verdict.confidence, DECIMALS) if verdict else None,
                "reason": verdict.reason if verdict else None,
                "source": "; ".join(dict.fromkeys(piece.source for piece in pieces)) or None,
                "source_words": GAP.join(texts[piece.source].words(piece.original) for piece in pieces) or None,
                "start": one.extent.start,
                "end": one.extent.end,
                "attitude": one.attitude,
            }
        )
    return found


def speaker_key(entity: Entity | None) -> str | None:
    """What one named speaker is called in the tables of all documents: the type, and the key of the name.

    Ids of entities count anew in every document, so they are no key of a table. An unnamed source ("officials") is
    somebody else in every document and has none.
    """
    if entity is None or not entity.named:
        return None
    return f"{entity.type}:{entity.key or ' '.join(entity.name.casefold().split())}"
