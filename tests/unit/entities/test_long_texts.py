"""What linking costs as a text grows, counted in lines of Python run, not in seconds."""

import sys
from types import FrameType
from typing import Any

from quoth.attribution import attribute
from quoth.doc.name_similarity import compare, keys, lone_keys
from quoth.entities import claims, link
from quoth.entities.text_ranges import Stretches
from quoth.reading import read_text
from quoth.types import EntityType, Span

_STARTS = ("Bar", "Cor", "Del", "Fen", "Gal", "Hol", "Jor", "Kel", "Lam", "Mor", "Nor", "Pel", "Ros", "Sol", "Tam")
_MIDDLES = ("and", "ber", "cot", "dun", "eth", "gar", "lin", "mer", "nov", "rid")
_ENDS = ("ack", "en", "ich", "ol", "ur")


def _release(number: int) -> str:
    surname = _STARTS[number % 15] + _MIDDLES[number // 15 % 10] + _ENDS[number // 150 % 5]
    place = _STARTS[number // 7 % 15] + _MIDDLES[number % 10]
    return (
        f"Senator Ana {surname} of {place} said on Thursday that the harbour would open.\n\n"
        f"“We have waited,” {surname} said. The senator told the {place} Council on Friday that it must pay.\n\n"
        f"“I doubt it,” she said. The council denied that it had been asked, and the company said it would answer.\n\n"
    )


def _lines_run(releases: int) -> int:
    document = read_text("".join(map(_release, range(releases))), "tarn")
    statements = attribute(document, None)
    count = 0

    def trace(_frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        linked, entities = link((document,), statements)
        claims(document, linked, entities)
    finally:
        sys.settrace(before)
    return count


def test_a_text_of_twice_the_length_costs_less_than_three_times_the_work() -> None:
    _lines_run(160)  # tables are read and names taken apart once
    assert _lines_run(160) < 3 * _lines_run(80)


def test_stretches_around_a_place_are_found_however_they_lie_in_each_other() -> None:
    spans = [Span(0, 100), Span(10, 20), Span(15, 60), Span(40, 45), Span(70, 80)]
    stretches = Stretches((span, number) for number, span in enumerate(spans))
    for start in range(101):
        for end in range(start + 1, 102):
            place = Span(start, end)
            assert {number for _, number in stretches.meeting(place)} == {
                number for number, span in enumerate(spans) if span.meets(place)
            }
            assert {number for _, number in stretches.holding(place)} == {
                number for number, span in enumerate(spans) if span.holds(place)
            }


_PERSONS = ["Nell Orr", "Nelle Orr", "N. Orr", "Nell Bell Orr", "Orr Nell", "Nell Orre", "Sen. Nell Orr", "Mark Vell"]
_BODIES = [
    "Tarn Bay Fishing Council",
    "TBFC",
    "T.B.F.C.",
    "Fishing Council",
    "Fishing Council of Tarn Bay",
    "Tarn Bay Fisching Council",
    "Ministry of Defence of Valdora",
    "Defence Ministry",
    "Ridgeline",
    "Ridgeline Potash Corp.",
    "Tarn Fisheries Ltd",
    "Tarn Fisheries",
    "Harbor Gulls",
    "Gulls",
    "Harbour Gazette",
    "Harbor Gazette",
]


def test_names_that_are_alike_share_a_key() -> None:
    alike = 0
    for kind, names in ((EntityType.PERSON, _PERSONS), (EntityType.ORGANISATION, _BODIES)):
        for one in names:
            for other in names:
                if compare(one, other, kind).score:
                    alike += 1
                    assert keys(one, kind) & keys(other, kind), (one, other)
    assert alike > len(_PERSONS) + len(_BODIES)


def test_a_lone_surname_shares_a_key_with_whoever_may_bear_it() -> None:
    for lone in ("Orr", "Nell", "Bell", "Vell", "Ortega"):
        for name in [*_PERSONS, "Vel", "Ortego"]:
            if compare(name, lone, EntityType.PERSON).score:
                assert lone_keys(lone) & lone_keys(name), (lone, name)
