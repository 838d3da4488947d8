"""Floor 2: bytes to Document. One file per format, and one that decides which.

decide     which format some bytes are in; the door `read`
signatures, forms  what is no running text, by its bytes and by its form
charset    bytes to text
plain      plain text; the door `read_text`
html       pages of the web
layout     lines to stretches; heading, furniture and stamps say what a stretch is
language   which language a text is in
"""

from quoth.reading.decide import read
from quoth.reading.plain import read_text

__all__ = ["read", "read_text"]
