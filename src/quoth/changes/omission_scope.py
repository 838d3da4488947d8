"""What may be left out: whether left-out words governed those that stayed."""

import re

from quoth.changes.comparison import Case
from quoth.doc.word_lists import word_list
from quoth.types import EditKind, Span

#: Words that open a clause or phrase that stands by itself; what it holds governs nothing outside it.
_OPENERS = re.compile(
    r"[\s,;:(–—-]*(?:who|whom|whose|which|that|where|including|such as|like|along with|together with|as well as|and|"
    r"or|for "
    r"(?:example|instance)|especially|particularly|notably|under|among|in addition|namely|a|an|the)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"[\s,;(–—-]*(?:who|whom|whose|which|including|such as|where)\b", re.IGNORECASE)
_VERBS = word_list("auxiliaries")  # "He is, and always was, a friend" says another thing beside
_FEW = 3  # words: "not", "not yet", "allegedly", "in no way"
_CONDITION_REACH = 4  # units from the start of left-out words to the condition that opens them


def harmless(case: Case, span: Span, family: str) -> bool:
    """Whether a marker of the source was left out together with the clause of its own that it governed."""
    edit = next((edit for edit in case.edits_of(span) if edit.kind is EditKind.LEFT_OUT), None)
    if edit is None or edit.original is None:
        return False
    words = case.theirs.inside(edit.original)
    at = next((number for number, unit in enumerate(words) if unit.start >= span.start), 0)
    if _RELATIVE.match(edit.original.of(case.theirs.text)) or _in_a_clause_apart(case, edit.original, span):
        return True
    if family == "condition":
        return at >= _CONDITION_REACH and bool(_OPENERS.match(edit.original.of(case.theirs.text)))
    if family == "negation":
        # "The mines ... return a share": the verb went with its "not", and what stays reads as its opposite. Only what
        # stands apart by itself may take a negation with it.
        return len(words) > 1 and at > 0 and (_aside(case, edit.original) or _sentences(case, edit.original))
    if len(words) <= _FEW:
        return len(words) == _FEW and words[0].key == "and" and words[-1].key in _VERBS and _aside(case, edit.original)
    return family != "hedge" or at > 0


def _in_a_clause_apart(case: Case, left_out: Span, span: Span) -> bool:
    """Whether a marker stands in a relative clause between commas: "the school | on the hill, which has no stove,"."""
    text = case.theirs.text
    before = text[left_out.start : span.start]
    opens, closes = before.rfind(","), {text[: left_out.end].rstrip()[-1:], text[left_out.end :].lstrip()[:1]}
    return opens >= 0 and _RELATIVE.match(before, opens) is not None and "," in closes


def _sentences(case: Case, span: Span) -> bool:
    """Whether whole sentences were left out, nothing of them and nothing of others."""
    text = case.theirs.text
    before, after = text[: span.start].rstrip("\"'”’) \n"), text[span.end :].lstrip("\"'”’)")
    whole = text[: span.end].rstrip("\"'”’) \n")[-1:]
    return before[-1:] in set(".!?") and (whole in set(".!?") or after[:1] in set(".!?"))


def _aside(case: Case, span: Span) -> bool:
    """Whether commas, dashes or brackets part left-out words from what stands before and after them."""
    text = case.theirs.text
    before, after = text[: span.start].rstrip()[-1:], text[span.end :].lstrip()[:1]
    return before in set(",;(–—-") and after in set(",;)–—-.")
