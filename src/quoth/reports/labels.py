"""Small wordings that the terminal and the page share."""

from collections.abc import Mapping
from datetime import datetime

from quoth.reports.excerpts import one_line, shorten
from quoth.types import Decided, Document, Grade, Searched, Status

# In English always, whatever the locale; fmt keeps them on few lines.
# fmt: off
MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# fmt: on

#: What a grade means, in one sentence, for readers who have never met it.
MEANINGS = {
    Grade.ALTERED: "Something changed by which a reader could take away something else: a number, a date, a “not”, an "
    "“almost”, an “if”, or whose words they are.",
    Grade.SPLICED: "Words from different places, or in another order, are given as one quotation.",
    Grade.NOT_FOUND: "No passage of what was searched carries it. That does not show that it was not said.",
    Grade.UNCLEAR: "A passage speaks of it, but whether it carries the statement could not be settled. Read both.",
    Grade.REWORDED: "Told in other words; nothing was found changed by which a reader could take away something else.",
    Grade.ABRIDGED: "The source’s own words in their order, with words left out that change nothing for a reader.",
    Grade.VERBATIM: "Word for word, but for quotation marks, dashes, spaces, the first capital and the last stop.",
}
#: Kinds of change in a newsroom's words, where the contract's are a linguist's.
KINDS = {
    "negation": "“not”",
    "hedge": "how sure",
    "quantifier": "how many",
    "strength": "how strong",
    "agent": "whose words",
    "tense": "when",
    "omission": "left out",
    "insertion": "added",
}
REJECTED = "Rejected"
REJECTED_MEANING = "Put forward by the program, and rejected by a person: no findings, and not counted as such."
UNHEARD = "By people whose words were not given"
UNHEARD_MEANING = "No source holds words of this speaker, so that there was nothing to compare."


def kind_words(kind: str) -> str:
    """What a kind of change is called in a view: "how sure" for "hedge"."""
    return KINDS.get(kind, kind)


def count_of(number: int, noun: str) -> str:
    """`1 statement`, `2 statements`, `no statements`."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def confidence(value: float) -> str:
    """0..1 with two decimals and no leading zero, never `1.00` for what is merely near it."""
    return "1.0" if value >= 1 else f"{min(value, 0.99):.2f}".lstrip("0")


def stands_as(one: Decided) -> str:
    """What a person made of a finding: "accepted", "corrected to reworded", "corrected", "rejected".

    A grade that was accepted and that the program gives no longer is told, too: "accepted as altered".
    """
    if one.status is Status.REJECTED or not one.regraded:
        return str(one.status)
    return f"{one.status} {'as' if one.status is Status.ACCEPTED else 'to'} {one.stands.grade}"


def what_changed(one: Decided) -> str:
    """What a person put in the place of what besides the grade, each after a comma; "" where nothing."""
    found, now = one.found, one.stands
    if one.status is Status.REJECTED:
        return ""
    told = ""
    if found.speaker != now.speaker:
        told += f", speaker “{shorten(found.speaker or 'nobody named', 60)}” → “{shorten(now.speaker or '', 60)}”"
    if found.content != now.content:
        told += f", words {_in_marks(found.words)} → {_in_marks(now.words)}"
    return told


def _in_marks(words: str) -> str:
    """Words in quotation marks, but no second ones around what has its own."""
    words = shorten(words, 120)
    return f"“{words}”" if not words.startswith(tuple('“„«"‘')) else words


def suggestion(one: Decided) -> str:
    """What the program had told: "Quoth: altered .84"."""
    return f"Quoth: {one.found.grade or 'no grade'}{f' {confidence(one.confidence)}' if one.confidence else ''}"


def decision(one: Decided) -> str:
    """What the program told, and what a person decided: who, when, from what to what, and why."""
    note = f": {one.note}" if one.note else ""
    return one_line(f"{suggestion(one)}; {stands_as(one)}{what_changed(one)} by {one.by} on {one.at[:10]}{note}")


def day(value: str) -> str:
    """An ISO 8601 date or minute in words, with its weekday; anything else as it is."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if len(value) < len("2031-05-02"):
        return value
    words = f"{WEEKDAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    return f"{words}, {moment:%H:%M}" if "T" in value else words


def heading(document: Document) -> str:
    """What a reader would call a document: its title, else its id."""
    return one_line(document.title or document.id)


def side_label(document: Document) -> str:
    """The publisher or the id, in short."""
    return one_line(document.publisher or document.id)


def line_of(document: Document) -> str:
    """Publisher, date and file on one line, as far as they are known."""
    known = [document.publisher, day(document.published) if document.published else "undated"]
    if document.title:
        known.append(document.id)
    return one_line(" · ".join(part for part in known if part))


def searched(what: Searched) -> str:
    """How much was searched, in words."""
    return (
        f"Searched: {count_of(what.documents, 'document')}, {count_of(what.passages, 'passage')}. "
        "That nothing was found in them does not show that it was not said."
    )


def made_with(recipe: Mapping[str, object]) -> str:
    """Versions and weights that gave a result, and the certificate of the archive that was searched, in words."""
    parts = [f"{part} {version}" for part, version in recipe.items() if not isinstance(version, Mapping)]
    told = f"Made with {', '.join(parts)}." if parts else ""
    archive = recipe.get("searched")
    if isinstance(archive, Mapping):
        told += (
            f" Searched an archive of {count_of(int(archive.get('documents', 0)), 'document')} and "
            f"{count_of(int(archive.get('passages', 0)), 'passage')}, last changed {day(str(archive.get('date')))}, "
            f"digest {archive.get('archive')}; folds: {archive.get('folds')}."
        )
    return told.strip()
