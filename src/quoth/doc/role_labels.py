"""Labels of turns that hold a function in small letters, or name somebody once: "Chief engineer Noor Hassani: ...".

Such words open many a line of a report, too. So a label of this kind opens a paragraph, has a whole sentence behind it
on its line, and holds no verb; whether it is believed depends on the other labels of the text.
"""

import re
from functools import lru_cache

from quoth.doc.name_tables import first_names, plain, words
from quoth.doc.tokens import frequencies, function_words

_CAPITAL = r"[^\W\d_a-z][\w.'’\-]*"
#: A line that opens with a few words, a colon, and a sentence that ends on it.
LABEL = re.compile(
    r"(?:(?<=[.!?…”\"’)\]\n])\n|\A)[^\S\n]*"
    rf"(?P<label>{_CAPITAL}(?:[^\S\n]+[^\W\d_][\w.'’\-]*){{1,7}}(?:,[^\S\n]+[^:\n.?!,]{{2,60}})?)(?P<mark>:)"
    r"(?=[^\S\n]+[“\"‘'(\[]?[A-Z0-9][^\n]*[.!?…](?:[”\"’')\]]|\[\d+\])*[^\S\n]*(?:\n|\Z))"
)
_LINKS = frozenset(["of", "the", "for", "and"])
_LIKE_VERBS = ("s", "ed", "ing")  # "Mayor backs minister Ivo Tannis: ..."


_LONGEST_NAME = 4  # words
_SMALL = 15  # per cent of the times that a word of names is written in small letters, at most


def _names_somebody(told: list[str]) -> bool:
    """Whether capitalised words may be a name: "Sorcha Quill", and not "Next Steps"."""
    keys = [plain(word) for word in told]
    if not 0 < len(told) <= _LONGEST_NAME or not (told[0][:1].isupper() and told[-1][:1].isupper()):
        return False
    if not all(word[:1].isupper() or key in words().particles for word, key in zip(told, keys, strict=True)):
        return False
    table = words()
    if keys[0] in table.speech or keys[-1] in table.body_heads | table.place_heads or function_words() & {*keys}:
        return False
    return any(key in first_names() or frequencies().get(key, (0, 0))[1] < _SMALL for key in keys)


def _is_role(told: list[str]) -> bool:
    """Whether words are a function: "Opposition leader", "Police spokeswoman", "Head of the port authority"."""
    keys = [plain(word) for word in told]
    roles = words().titles | words().occupations
    known = roles | words().title_parts
    if any(key in words().speech or (key in function_words() and key not in _LINKS) for key in keys):
        return False
    if any(key.endswith(_LIKE_VERBS) and key not in known for key in keys[1:]):
        return False
    return keys[-1] in roles or any(key in roles and keys[at + 1] == "of" for at, key in enumerate(keys[:-1]))


@lru_cache(maxsize=4096)
def named_in(label: str) -> str:
    """The name behind a function: "Bram Tolliver" in "Opposition leader Bram Tolliver"; "" where no function is."""
    told = label.partition(",")[0].split()
    if all(word[:1].isupper() for word in told):  # "President Ida Venn" is left as it stands
        return ""
    places = (at for at in range(1, len(told)) if _names_somebody(told[at:]) and _is_role(told[:at]))
    return next((" ".join(told[at:]) for at in places), "")


def is_function(label: str) -> bool:
    """Whether a label is a function without a name: "The minister", "A police spokeswoman"."""
    told = label.partition(",")[0].split()
    return len(told) > 1 and told[0].casefold() in {"the", "a", "an"} and _is_role(told[1:])


def may_be(label: str) -> bool:
    """Whether words before a colon call somebody: a name, a function before one, or "The" and a function."""
    told = label.partition(",")[0].split()
    if is_function(label):
        return True
    return _names_somebody(told) or _titled(told)


def _titled(told: list[str]) -> bool:
    return any(_is_role(told[:at]) and _names_somebody(told[at:]) for at in range(1, len(told)))
