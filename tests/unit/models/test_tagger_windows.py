from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.models.quotation_features import IN_DOUBLE, IN_SINGLE, PLAIN, standings
from quoth.models.session import CLS, SEP, vocabulary
from quoth.models.windows import LIMIT, read_windows
from quoth.types import Span


def lines(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found


def paragraph_of(words: int) -> str:
    return " ".join(["harbour"] * words)


def test_a_window_marks_the_ends_of_paragraphs_and_numbers_its_words():
    text = "Ann Orr said so.\nNobody heard."
    (window,) = read_windows(vocabulary(), text, lines(text))
    assert window.ids[0] == CLS
    assert list(window.ids).count(SEP) == 2
    words = [text[s:e] for s, e in zip(window.starts, window.ends, strict=True)]
    assert words == ["Ann", "Orr", "said", "so", ".", "Nobody", "heard", "."]
    assert list(window.paragraph) == [0] * 5 + [1] * 3


def test_windows_are_as_few_and_as_even_as_whole_paragraphs_allow():
    text = "\n".join(paragraph_of(40) for _ in range(6))
    sizes = [len(window.ids) for window in read_windows(vocabulary(), text, lines(text))]
    assert len(sizes) == 2
    assert max(sizes) - min(sizes) == 0


def test_a_paragraph_too_long_for_a_window_is_read_in_overlapping_ones_and_each_word_is_owned_once():
    text = paragraph_of(700)
    windows = read_windows(vocabulary(), text, lines(text))
    assert all(len(window.ids) <= LIMIT for window in windows)
    owned = [int(s) for window in windows for s, own in zip(window.starts, window.own, strict=True) if own]
    assert len(owned) == len(set(owned)) == 700
    assert sum(len(window.starts) for window in windows) > 700


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=6))
def test_any_text_gives_windows_within_the_limit_whose_words_lie_in_their_paragraphs(paragraphs: list[str]):
    text = "\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)
    spans = lines(text)
    owned: set[int] = set()
    for window in read_windows(vocabulary(), text, spans):
        assert len(window.ids) <= LIMIT
        for start, end, number, own in zip(window.starts, window.ends, window.paragraph, window.own, strict=True):
            assert spans[number].start <= start < end <= spans[number].end
            assert not (own and int(start) in owned)
            if own:
                owned.add(int(start))


def test_a_letter_that_falls_into_several_pieces_is_one_word():
    text = "류 said so"
    (window,) = read_windows(vocabulary(), text, lines(text))
    assert [text[s:e] for s, e in zip(window.starts, window.ends, strict=True)] == ["류", "said", "so"]


def words_and_standings(text: str) -> dict[str, int]:
    starts, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    return dict(zip(text.split(), standings(text, starts).tolist(), strict=True))


def test_words_in_straight_and_curly_marks_stand_inside_and_others_do_not():
    for text in ('He said "all is well" again.', "He said “all is well” again.", "He said «all is well» again."):
        found = words_and_standings(text)
        assert found["He"] == found["said"] == found["again."] == PLAIN
        assert found["is"] == IN_DOUBLE


def test_an_unclosed_mark_holds_to_the_end_of_the_paragraph():
    found = words_and_standings("She said: “We will build it")
    assert found["said:"] == PLAIN
    assert found["it"] == IN_DOUBLE


def test_british_single_marks_count_and_apostrophes_do_not():
    found = words_and_standings("‘All isn’t well,’ the ministers’ aide said")
    assert found["well,’"] == IN_SINGLE
    assert found["aide"] == PLAIN
