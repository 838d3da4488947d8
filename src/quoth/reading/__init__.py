"""Bytes to Document. One file per format, and one that decides which.

decide     which format some bytes are in; the doors `read` (one document) and `read_all` (archives, mails, feeds ...)
raw        what a reader of a format is given
formats    the readers of formats that are no plain text and no page, a file each
signatures, forms  what is no running text, by its bytes and by its form
charset    bytes to text
plain      plain text; the door `read_text`
html       pages of the web
blocks     lines to blocks; line_classifier, headlines, boilerplate and datelines say what a block is
table_inputs  tables of texts: CSV, JSON Lines, Parquet
language   which language a text is in
"""

from quoth.reading.decide import read, read_all
from quoth.reading.plain import read_text

__all__ = ["read", "read_all", "read_text"]
