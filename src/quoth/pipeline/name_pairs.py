"""One record of two names to the record of their comparison."""

from collections.abc import Mapping

from quoth.doc.name_similarity import compare_unrelated
from quoth.pipeline.jobs import Record, text_field


def names_record(record: Mapping[str, object]) -> Record:
    """`{"id", "a", "b"}`, two names, to `{"id", "label", "score", "reason"}`.

    Raises:
        UnusableInput: a field is missing or of the wrong type.
    """
    found = compare_unrelated(text_field(record, "a"), text_field(record, "b"))
    return {"id": record["id"], "label": str(found.label), "score": round(found.score, 3), "reason": str(found.reason)}
