"""The act of speech that a cue names, with what follows deciding where the verb is ambiguous."""

from collections.abc import Iterable

from quoth.attribution.cue_tables import CueWord, act_contexts
from quoth.types import Act


def act_of(word: CueWord, contexts: Iterable[str]) -> Act:
    """The act of a cue word.

    Args:
        word: the cue word.
        contexts: in order of weight: the word after the cue, the first word of the content, and the kind of content
            ("quotation", "clause", "object"). "Asked to leave" demands, "asked whether" asks.
    """
    for context in contexts:
        act = act_contexts().get((word.lemma, context))
        if act is not None:
            return act
    return word.act
