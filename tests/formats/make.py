"""Makes the files of this folder: the texts of `texts.toml` in every format, by programs other than the readers.

    python tests/formats/make.py

It needs LibreOffice (`soffice`), LaTeX (`pdflatex`, with lmodern), Perl and Info-ZIP (`zip`). LibreOffice makes ODT,
DOCX, RTF and PDF of flat OpenDocument files, LaTeX makes PDF, Perl mail (`mail.pl`), `zip` the archives. The files are
committed; whoever changes the texts makes them anew.
"""

import re
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
HEADER = "Ministry of Ports and Fisheries · Statement 14/2031"
SAVED = {"odt": "writer8", "docx": "MS Word 2007 XML", "rtf": "Rich Text Format", "pdf": "writer_pdf_Export"}
NOTE = "In tonnes of landed weight, as weighed at the quay; catches that were thrown back are not counted."
TABLE = (
    ("Port", "2029", "2030", "2031"),
    ("Tarn Bay", "18,200", "17,900", "14,350"),
    ("Orlé", "9,640", "9,410", "8,020"),
    ("Kestrel Sound", "4,115", "4,090", "3,905"),
)
_GIVEN = tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))
TEXTS: dict[str, tuple[tuple[str, str], ...]] = {
    name: tuple((part["kind"], " ".join(part["words"].split())) for part in _GIVEN[name])
    for name in ("statement", "transcript")
}


def main() -> None:
    """Make them all."""
    for name, parts in TEXTS.items():
        (HERE / f"{name}.txt").write_text(plain(parts), encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            (work / f"{name}.fodt").write_text(flat_odt(parts), encoding="utf-8")
            profile = f"-env:UserInstallation=file://{folder}/profile"
            for ending, kind in SAVED.items():
                run("soffice", profile, "--headless", "--convert-to", f"{ending}:{kind}", f"{name}.fodt", cwd=work)
                shutil.copy(work / f"{name}.{ending}", HERE)
            (work / f"{name}.tex").write_text(latex(parts), encoding="utf-8")
            for _ in range(2):
                run("pdflatex", "-interaction=batchmode", "-halt-on-error", f"{name}.tex", cwd=work)
            shutil.copy(work / f"{name}.pdf", HERE / f"{name}_latex.pdf")
        run("perl", "mail.pl", name, cwd=HERE)
        (HERE / f"{name}.zip").unlink(missing_ok=True)
        run("zip", "-q", "-X", f"{name}.zip", f"{name}.txt", cwd=HERE)


def run(*command: str, cwd: Path) -> None:
    """Run a program, which must succeed."""
    subprocess.run(command, cwd=cwd, check=True, capture_output=True)


def plain(parts: tuple[tuple[str, str], ...]) -> str:
    """The text with blank lines between; the footnote stands last, rows of the table have a line each."""
    found: list[str] = []
    notes: list[str] = []
    for kind, words in parts:
        if kind == "table":
            found.append("\n".join(" | ".join(row) for row in TABLE))
        elif kind == "footnote":
            found.append(words.format(""))
            notes.append(f"1 {NOTE}")
        else:
            found.append(words)
    return "\n\n".join([*found, *notes]) + "\n"


# --- OpenDocument -----------------------------------------------------------------------------------------------------

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
    }.items()
)


def flat_odt(
    parts: tuple[tuple[str, str], ...],
    *,
    columns: int = 1,
    header: str = HEADER,
    size: float = 13,
    indented: bool = False,
) -> str:
    """A flat OpenDocument text with a running header and page numbers."""
    body: list[str] = []
    for kind, words in parts:
        if kind == "table":
            cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
            cells = ["".join(cell.format(escape(words)) for words in row) for row in TABLE]
            rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
            columns_of = f'<table:table-column table:number-columns-repeated="{len(TABLE[0])}"/>'
            body.append(f"<table:table>{columns_of}{rows}</table:table>")
            body.append("<text:p/>")
        elif kind == "title":
            body.append(f'<text:p text:style-name="T">{escape(words)}</text:p>')
        elif kind == "heading":
            body.append(f'<text:h text:style-name="H" text:outline-level="1">{escape(words)}</text:h>')
        else:
            note = (
                '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
                f'<text:p text:style-name="F">{escape(NOTE)}</text:p></text:note-body></text:note>'
            )
            shown = escape(words).format(note) if kind == "footnote" else escape(words)
            body.append(f'<text:p text:style-name="P">{shown}</text:p>')
    divided = f'<style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/>' if columns > 1 else ""
    return Template((HERE / "layout.fodt").read_text(encoding="utf-8")).substitute(
        namespaces=_NAMESPACES,
        size=size,
        larger=size + 1,
        largest=size + 5,
        columns=divided,
        parted='fo:text-indent="0.6cm"' if indented else 'fo:margin-bottom="0.3cm"',
        header=escape(header),
        body="".join(body),
    )


# --- LaTeX ------------------------------------------------------------------------------------------------------------


LM = r"\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}"


def in_latex(words: str) -> str:
    """Words with LaTeX's own letters escaped."""
    return "".join(_GIVEN["latex"].get(letter, letter) for letter in words)


def latex(
    parts: tuple[tuple[str, str], ...],
    *,
    columns: int = 1,
    header: str = HEADER,
    size: int = 12,
    indented: bool = False,
    fonts: str = LM,
    spread: float = 1.2,
) -> str:
    """A LaTeX document with a running header and page numbers."""
    body: list[str] = []
    for kind, words in parts:
        if kind == "table":
            rows = "\n".join(" & ".join(map(in_latex, row)) + r" \\" for row in TABLE)
            body.append(f"\\begin{{tabular}}{{lrrr}}\n{rows}\n\\end{{tabular}}")
        elif kind == "title":
            body.append(f"{{\\Large\\bfseries\\raggedright {in_latex(words)}\\par}}")
        elif kind == "heading":
            body.append(f"\\section*{{{in_latex(words)}}}")
        elif kind == "footnote":
            before, _, after = words.partition("{}")
            body.append(f"{in_latex(before)}\\footnote{{{in_latex(NOTE)}}}{in_latex(after)}")
        else:
            body.append(in_latex(words))
    gaps = "" if indented else "\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{8pt}"
    options = f"{size}pt,a4paper" + (",twocolumn" if columns > 1 else "")
    given = {
        "options": options,
        "fonts": fonts,
        "header": in_latex(header),
        "gaps": gaps,
        "spread": str(spread),
        "body": "\n\n".join(body),
    }
    template = (HERE / "layout.tex").read_text(encoding="utf-8")
    return re.sub(r"@([a-z]+)", lambda place: given[place[1]], template)


if __name__ == "__main__":
    main()
