"""The words of a PDF's pages as stretches in reading order: paragraphs, tables, and what stands around them apart."""

from collections.abc import Sequence

from quoth.reading.formats.pdf_furniture import drop_marks, furniture, with_furniture, without_notes
from quoth.reading.formats.pdf_lines import Flow, TextLine, lines_of, ordered, runs_of, usual
from quoth.reading.formats.pdf_paragraphs import paragraphs
from quoth.reading.formats.pdf_words import Page


def flows(pages: Sequence[Page]) -> list[Flow]:
    """The stretches of all pages in reading order, running headers, footers and footnotes by their pages."""
    lines = {page.number: ordered(lines_of(page)) for page in pages}
    size = usual([line.height for page in lines.values() for line in page for _ in line.words])
    heads, feet = furniture(lines, {page.number: page.height for page in pages}, size)
    notes: dict[int, list[Flow]] = {}
    runs: list[list[TextLine]] = []
    for number, page_lines in lines.items():
        body = [line for line in page_lines if not any(line is one for one in (*heads[number], *feet[number]))]
        body, notes[number] = without_notes(body, size)
        drop_marks(body, notes[number])
        runs += runs_of(body)
    made = paragraphs(runs, size)
    return with_furniture(made, lines, heads, feet, notes)
