"""Subtitles, with the time of each place; the files are written by pysubs2, which Quoth does not use."""

from io import StringIO

import pysubs2
import pytest
from rich.console import Console

from quoth import examine
from quoth.reading import read
from quoth.reports import to_html, to_terminal
from quoth.types import Document

TALK = [
    (1.0, "ODA KEST: We will close the pier"),
    (4.5, "for ten days in May."),
    (67.25, "PAL VESSIN: And the ferry?"),
    (3_607.0, "ODA KEST: No ferry may leave from it."),
]
WORDS = (
    "ODA KEST: We will close the pier for ten days in May.\nPAL VESSIN: And the ferry?\n"
    "ODA KEST: No ferry may leave from it."
)


def written(kind: str) -> bytes:
    made = pysubs2.SSAFile()
    for time, words in TALK:
        made.append(pysubs2.SSAEvent(start=int(time * 1000), end=int(time * 1000) + 3000, text=words))
    return made.to_string(kind).encode()


def times(document: Document) -> list[float | None]:
    return [document.time_at(document.text.index(words)) for words in ("We will", "ten days", "And the", "No ferry")]


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_each_place_of_subtitles_leads_to_its_second(kind: str) -> None:
    document = read(written(kind), f"talk.{kind}")
    assert document.text == WORDS
    assert times(document) == [1.0, 4.5, 67.25, 3_607.0]
    assert [block.time for block in document.blocks] == [1.0, 67.25, 3_607.0]


def test_the_times_of_sbv_are_read_as_well() -> None:
    cues = "\n\n".join(f"0:{int(time) // 60:02}:{time % 60:06.3f},1:59:00.000\n{words}" for time, words in TALK[:3])
    document = read(cues.encode(), "talk.sbv")
    assert [block.time for block in document.blocks] == [1.0, 67.25]


def test_who_goes_on_speaking_in_the_next_cue_is_not_named_anew() -> None:
    cues = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Oda Kest>We will close\n\n"
        "00:02.000 --> 00:03.000\n<v Oda Kest>the pier.\n"
    )
    assert read(cues.encode(), "a.vtt").text == "Oda Kest: We will close the pier."


def test_characters_that_are_written_as_names_in_subtitles_are_themselves() -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\nThe pier &amp; the quay &lt;close&gt;&nbsp;today.\n"
    assert read(cues.encode(), "a.vtt").text == "The pier & the quay <close> today."


def test_captions_that_roll_up_are_told_once_and_repeated_words_stay() -> None:
    rolling = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nwe<00:00:01.500><c> will close</c>\n\n"
        "00:02.000 --> 00:02.010\nwe will close\n\n"
        "00:02.010 --> 00:04.000\nwe will close\nthe<00:00:03.000><c> pier</c>\n"
    )
    assert read(rolling.encode(), "a.vtt").text == "we will close the pier"
    plain = "WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.\n"
    assert read(plain.encode(), "a.vtt").text == "No. No."


def test_the_views_show_when_the_words_of_a_source_are_said() -> None:
    report = read(
        b'The pier is closed in May.\n\nThe harbour master, Oda Kest, said: "No ferry may leave from it."\n\n'
        b'"We will close the pier for twenty days in May," she said.',
        "report.txt",
    )
    found = examine(report, read(written("srt"), "talk.srt"), rules=True)
    out = StringIO()
    to_terminal(found, Console(file=out, width=200))
    assert "[0:00:01]" in out.getvalue()
    page = to_html(found)
    assert ['<span class="from ui">1:00:07</span>' in page, '<span class="from ui">0:00:01</span>' in page] == [
        True,
        True,
    ]
