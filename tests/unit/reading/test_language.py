"""Which language a text is in."""

import tomllib
from pathlib import Path

import pytest

from quoth.reading.language import language

SENTENCES = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_language_is_told(code: str) -> None:
    assert language(SENTENCES[code]) == code


@pytest.mark.parametrize("text", ["", "12345", "Valdora Tarn Bay Estmark", "ok", "!!!"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert language(text) is None
