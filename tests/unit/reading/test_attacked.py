"""What attackers sent: each is read right, or refused in one sentence."""

import pytest

from quoth.reading import read, read_all
from quoth.types import Document, UnusableInput


def test_what_is_tracked_as_deleted_in_rtf_is_no_word_of_the_text():
    text = r"{\rtf1\ansi We will {\deleted not }rebuild the harbour, Mayor Anna Tolland said on Monday in Oakford.\par}"
    assert read(text.encode(), "minutes.rtf").text.startswith("We will rebuild the harbour,")


@pytest.mark.parametrize("sign", ["&#27;", "&#1;", "&#x1b;", "&#x0B;"])
def test_a_control_character_does_not_cost_a_page_its_text(sign: str):
    said = "“We will not rebuild the harbour this year or the next,” Mayor Anna Tolland said on Monday in Oakford."
    body = f"<article><h1>The harbour</h1><p>{said}</p><p>She{sign} spoke to the council.</p></article>"
    page = f"<html><body>{body}</body></html>"
    found = read(page.encode(), "page.html").text
    assert said in found
    assert "She spoke to the council." in found


def test_mails_deep_in_each_other_do_not_stop_what_stands_beside_them():
    head = b"From: a@b.example\nSubject: x\nTo: c@d.example\nMessage-ID: <2>\n"
    deep = head + b"Content-Type: message/rfc822\n\n" * 300 + b"\nTolland said no."
    with pytest.raises(UnusableInput, match="deeper"):
        [one for one in read_all(deep, "deep.eml") if not isinstance(one, Document) and _raised(one)]


def _raised(problem: Exception) -> bool:
    raise problem
