"""How much of the text of PDFs is read, and in order: 40 invented releases, in one and two columns.

LibreOffice and LaTeX lay them out:

    python benchmarks/quality/pdf_layouts.py [--keep FOLDER] [--seed N] [--others] [--errors]

It needs `soffice` and `pdflatex` (with lmodern). The texts are made here from a seed, so their words are known; of
running headers, page numbers and footnotes none belongs among them. Printed for each kind of layout: the share of the
text's words that are read in order (recall) and of the words read that are the text's (precision), by difflib.
--others prints the same for other readers of PDF that are installed (pypdf, pdfminer.six), and for pdfium's own order.
"""

import argparse
import io
import random
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "formats"))

import make  # the makers of test files

from quoth.reading import read
from quoth.types import BODY_KINDS, BlockKind

RELEASES = 40
SEED = 1402
WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Layout:
    """One way of laying out a release."""

    program: str
    columns: int
    indented: bool
    size: int
    type3: bool = False

    @property
    def name(self) -> str:
        """What it is called among the figures."""
        return f"{self.program}, {self.columns} column{'s' if self.columns > 1 else ''}"


def release(number: int, seed: int) -> tuple[tuple[str, str], ...]:
    """An invented release: a title, a date, paragraphs with headings, sometimes a table and a footnote."""
    chance = random.Random(seed + number)

    def some(kind: str) -> str:
        return str(chance.choice(WORDS[kind]))

    def sentence() -> str:
        made = re.sub(r"\[(\w+)\]", lambda place: some(place[1]), some("sentences"))
        return re.sub(r"\A\W*\w|(?<=[.!?”\"] [“\"])\w", lambda first: first[0].upper(), made)

    parts = [
        ("title", f"Statement {number}: {some('who')} {some('did')} {some('what')}"),
        ("date", f"{number % 28 + 1} May 2031"),
    ]
    for at in range(chance.randrange(14, 26)):
        if at and at % 5 == 0:
            parts.append(("heading", some("headings")))
        parts.append(("text", " ".join(sentence() for _ in range(chance.randrange(2, 7)))))
        if at == 3 and number % 3 == 0:
            parts.append(("table", ""))
        if at == 6 and number % 2 == 0:
            parts.append(("footnote", "Landings{} in the three ports of the district fell. " + sentence()))
    return tuple(parts)


def layout(number: int) -> Layout:
    """The layouts in turn: ten releases for each program and number of columns."""
    program = ("LibreOffice", "LaTeX")[number % 2]
    return Layout(
        program,
        1 + number // 2 % 2,
        number // 4 % 2 == 1,
        (10, 11, 12)[number % 3],
        type3=program == "LaTeX" and number // 4 % 3 == 2,
    )


def laid(folder: Path, seed: int) -> list[tuple[Layout, tuple[tuple[str, str], ...], Path]]:
    """The releases as PDF files in a folder."""
    made: list[tuple[Layout, tuple[tuple[str, str], ...], Path]] = []
    for number in range(RELEASES):
        how, parts = layout(number), release(number, seed)
        header = f"Ministry of Ports and Fisheries · Release {number}/2031"
        name = folder / f"release{number:02}"
        made.append((how, parts, name.with_suffix(".pdf")))
        if how.program == "LibreOffice":
            name.with_suffix(".fodt").write_text(
                make.flat_odt(parts, columns=how.columns, header=header, size=how.size, indented=how.indented),
                encoding="utf-8",
            )
            continue
        fonts = make.LM.replace("lmodern", "cmap") if how.type3 else make.LM
        name.with_suffix(".tex").write_text(
            make.latex(
                parts, columns=how.columns, header=header, size=how.size, indented=how.indented, fonts=fonts, spread=1
            ),
            encoding="utf-8",
        )
        for _ in range(2):
            subprocess.run(
                ["pdflatex", "-interaction=batchmode", f"{name.name}.tex"], cwd=folder, check=True, capture_output=True
            )
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         "pdf:writer_pdf_Export", *(path.name for path in sorted(folder.glob("*.fodt")))],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return made


def true_words(parts: Sequence[tuple[str, str]]) -> list[str]:
    """The words of a release in order, rows of its table too."""
    found: list[str] = []
    for kind, words in parts:
        found += (
            [cell for row in make.TABLE for cell in " ".join(row).split()]
            if kind == "table"
            else words.format("").split()
        )
    return found


def by_quoth(data: bytes) -> list[str]:
    """The words as Quoth reads them, without what stands around the text."""
    document = read(data, "release.pdf")
    kinds = BODY_KINDS | {BlockKind.TABLE, BlockKind.DATE, BlockKind.BYLINE, BlockKind.CAPTION, BlockKind.RELATED}
    words = " ".join(block.span.of(document.text) for block in document.blocks if block.kind in kinds).split()
    return [word for word in words if word != "|"]


def by_pdfium(data: bytes) -> list[str]:
    """The words as pdfium gives them, page by page."""
    import pypdfium2  # noqa: PLC0415

    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)).split()


def by_pypdf(data: bytes) -> list[str]:
    """The words as pypdf gives them."""
    import pypdf  # noqa: PLC0415

    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).split()


def by_pdfminer(data: bytes) -> list[str]:
    """The words as pdfminer.six gives them."""
    from pdfminer.high_level import extract_text  # noqa: PLC0415

    return str(extract_text(io.BytesIO(data))).split()


def common(first: Sequence[str], second: Sequence[str]) -> int:
    """How many words two texts have in common, in order: the longest common subsequence, nearly."""
    return sum(block.size for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks())


def measured(
    made: Sequence[tuple[Layout, Sequence[tuple[str, str]], Path]], reader: Callable[[bytes], list[str]], *, shown: bool
) -> None:
    """Read the files and print the figures of a reader."""
    called = reader.__name__.removeprefix("by_")
    sums: dict[str, list[int]] = {}
    began = time.monotonic()
    for how, parts, path in made:
        truth, words = true_words(parts), reader(path.read_bytes())
        hits = common(truth, words)
        for name in (how.name, "all"):
            kept = sums.setdefault(name, [0, 0, 0])
            kept[0], kept[1], kept[2] = kept[0] + hits, kept[1] + len(truth), kept[2] + len(words)
        if shown and hits < max(len(truth), len(words)):
            print(f"  {path.name} ({how}): {hits} of {len(truth)} words, {len(words)} read")
            for tag, a, b, c, d in SequenceMatcher(None, truth, words, autojunk=False).get_opcodes():
                if tag != "equal":
                    print("     ", tag, truth[max(0, a - 2) : b + 1][:20], words[max(0, c - 2) : d + 1][:20])
    spent = time.monotonic() - began
    for name, (hits, truth, words) in sorted(sums.items()):
        figures = f"recall {hits / truth:.4f}  precision {hits / words:.4f}  ({truth} words)"
        print(f"{called:10} {name:24} {figures}")
    print(f"{called:10} {spent:.1f} s for {len(made)} files")


def main() -> None:
    """Make the releases, read them, print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--keep", help="a folder for the PDF files; those that are there are taken")
    options.add_argument("--seed", type=int, default=SEED, help="of the texts")
    options.add_argument("--others", action="store_true", help="measure other readers, too")
    options.add_argument("--errors", action="store_true", help="print what is read wrongly")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(given.keep or folder).absolute()
        place.mkdir(exist_ok=True)
        kept = [
            (layout(number), release(number, given.seed), place / f"release{number:02}.pdf")
            for number in range(RELEASES)
        ]
        made = kept if all(path.exists() for _, _, path in kept) else laid(place, given.seed)
        measured(made, by_quoth, shown=given.errors)
        if given.others:
            for reader in (by_pdfium, by_pypdf, by_pdfminer):
                try:
                    measured(made, reader, shown=False)
                except ImportError as error:
                    print(f"{reader.__name__.removeprefix('by_')}: not installed ({error.name})")


if __name__ == "__main__":
    main()
