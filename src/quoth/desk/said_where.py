"""Who said what, over all examinations: a report that was examined several times counts once, as it was last."""

from collections.abc import Sequence

from quoth.desk.examinations import Examinations

MOST_SPEAKERS, MOST_SAID = 500, 1000


def _newest(shelves: Sequence[Examinations]) -> set[str]:
    """The ids of those examinations that are the last ones of their reports."""
    newest: dict[str, tuple[str, str]] = {}
    for where in shelves:
        for text, one in where.newest().items():
            newest[text] = max(one, newest.get(text, one))
    return {id_ for _, id_ in newest.values()}


def speakers(shelves: Sequence[Examinations]) -> list[tuple[str, str, int, int]]:
    """Who is said to have said something: key, name, statements, reports; whoever said most comes first."""
    counted = _newest(shelves)
    found: dict[str, tuple[str, int, int]] = {}
    for where in shelves:
        for key, name, examination, many in where.speakers():
            if examination in counted:
                known, statements, reports = found.get(key, (name, 0, 0))
                found[key] = (min(known, name), statements + many, reports + 1)
    listed = sorted(((key, *one) for key, one in found.items()), key=lambda one: (-one[2], one[0]))
    return listed[:MOST_SPEAKERS]


def said_by(shelves: Sequence[Examinations], key: str) -> list[dict[str, object]]:
    """All that a speaker is said to have said: the latest report first, what people rejected at the end."""
    counted = _newest(shelves)
    found = [one for where in shelves for one in where.said_by(key) if one["examination"] in counted]
    found.sort(key=lambda one: (str(one["published"] or ""), str(one["at"])), reverse=True)
    found.sort(key=lambda one: one["status"] == "rejected")
    return [{name: value for name, value in one.items() if name != "at"} for one in found[:MOST_SAID]]
