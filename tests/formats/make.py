"""Makes the files of this folder: one statement and one transcript, in every format, by programs other than the readers.

    python tests/formats/make.py

It needs LibreOffice (`soffice`), LaTeX (`pdflatex`, with lmodern), Perl and Info-ZIP (`zip`). LibreOffice makes ODT, DOCX, RTF and PDF of
flat OpenDocument files, LaTeX makes PDF, Perl mail (`mail.pl`), `zip` the archives. The files are committed; whoever changes the texts makes
them anew.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
HEADER = "Ministry of Ports and Fisheries · Statement 14/2031"
NOTE = "In tonnes of landed weight, as weighed at the quay; catches that were thrown back are not counted."
TABLE = (
    ("Port", "2029", "2030", "2031"),
    ("Tarn Bay", "18,200", "17,900", "14,350"),
    ("Orlé", "9,640", "9,410", "8,020"),
    ("Kestrel Sound", "4,115", "4,090", "3,905"),
)
STATEMENT: tuple[tuple[str, str], ...] = (
    ("title", "Statement by Minister Ágnes Brönner on the closing of the outer harbour"),
    ("date", "2 May 2031"),
    (
        "text",
        "The Ministry of Ports and Fisheries of the Republic of Merrowin has closed the outer harbour of Tarn Bay to all vessels "
        "of more than forty metres until the breakwater has been surveyed. Minister Ágnes Brönner set out the reasons before the "
        "harbour council on Thursday evening. Her words are given here in full where they stand in quotation marks.",
    ),
    (
        "text",
        "“We did not close the harbour because of the storm,” Ms Brönner said. “We closed it because nobody could show us a single "
        "survey of the breakwater since 2024. That is seven winters without a diver in the water.”",
    ),
    ("heading", "What was found at the breakwater"),
    (
        "text",
        "On 14 April a crew of the tug Señora Vidal reported that stones had shifted at the northern head. Two divers of the port "
        "authority went down on 16 and 17 April. According to their report, a length of about 31 metres has sunk by between 40 and "
        "65 centimetres, and the toe of the wall is washed out in at least three places.",
    ),
    (
        "text",
        "The chief engineer of the port authority, Tomás O'Dell, told the council: \"The wall is not about to fall. It's weaker than it "
        "should be, and we can't say how much weaker until we have measured it from end to end.\" He asked for eleven weeks.",
    ),
    (
        "text",
        "The council was also told what the closing costs. Landings had fallen before the harbour was closed, and most of the fall has "
        "other reasons: two of the larger trawlers were sold last autumn, and the quota for hake was cut by a fifth.",
    ),
    ("table", ""),
    (
        "footnote",
        "Landings{} in the three ports of the district fell from 31,955 tonnes in 2029 to 26,275 tonnes in the year that ended in March.",
    ),
    (
        "text",
        "“Nobody in this ministry claims that the outer harbour was busy,” the minister said. “But a port that cannot take a ship of "
        "forty metres cannot take the ice, the fuel and the cement that this coast lives on, and those who run the smaller boats "
        "know that as well as I do.”",
    ),
    ("heading", "How the work will go on"),
    (
        "text",
        "The survey begins on 12 May and is to end by 25 July. The ministry has set aside 4.6 million crowns for it, of which 1.9 million "
        "are for the divers and 2.7 million for soundings and for the stones that must be moved in any case. No contract has been "
        "signed yet; three firms have been asked for offers, none of them from outside the district.",
    ),
    (
        "text",
        "Until then the inner harbour stays open day and night. Pilots will board at the eastern buoy instead of the northern head, "
        "and the tug Señora Vidal remains on call. Vessels between thirty and forty metres may enter the outer harbour in daylight, "
        "with a pilot, if the wind does not exceed force six.",
    ),
    (
        "text",
        "Ms Brönner spoke at length about who is to blame. “I have been asked whether the former board of the port authority hid the "
        "state of the breakwater from us. I do not know that, and I will not say it. What I know is that the board was asked for the "
        "surveys in 2026 and again in 2028, that it answered both letters, and that neither answer had a survey in it. What I know is "
        "that the money for those surveys, some 380,000 crowns a year, was spent on the new fish hall instead, and that the council "
        "agreed to that in an open meeting at which I was present and did not object. I should have objected. If there is blame, a "
        "part of it is mine, and I would rather say so tonight than read it in the newspaper in a year. What I will not do is let a "
        "crew of nine go out past a wall that may not be there when they come back,” she said.",
    ),
    (
        "text",
        "Asked by council member Rhéa Castellan whether the harbour could open earlier, the minister said that it could if the survey found the northern "
        "head sound, but that she would not promise a date. “I have promised dates before,” she added. “The wind does not read them.”",
    ),
    ("heading", "What the fishing crews were told"),
    (
        "text",
        "The ministry will pay crews whose vessels cannot enter 2,150 crowns a week for each vessel, from the second week of the closing. "
        "Payments are made against the log book alone; no further proof is asked for. Crews that land their catch in Orlé or Kestrel "
        "Sound meanwhile are paid half, because the way is longer.",
    ),
    (
        "text",
        "The chair of the crews' association, Óscar Lindqvist, called the sum “a decent beginning, and no more than that”. He denied that "
        "the association had asked for the closing: “We asked for stones, not for a chain across the entrance.” He said that "
        "fourteen of the forty-two vessels of the association were affected.",
    ),
    (
        "text",
        "Mr O'Dell confirmed that number. He also said that the port authority had found no sign that the dredging of 2027 damaged the "
        "wall, as had been claimed in the council. “The dredger never came closer than 120 metres,” he said.",
    ),
    (
        "text",
        "The minister closed with a warning. “If the northern head goes in a winter storm, the inner harbour goes with it, and then we "
        "will not be talking about eleven weeks. We will be talking about years.” The council took note of the statement without a vote.",
    ),
    (
        "text",
        "The ministry will report on the survey every second Friday, beginning on 23 May. The reports are public.",
    ),
)
TRANSCRIPT: tuple[tuple[str, str], ...] = (
    ("title", "Hearing of the Harbour Council of Tarn Bay: the breakwater"),
    ("date", "6 May 2031"),
    (
        "turn",
        "CHAIR CASTELLAN: The council is in session. Minister, you have said that nobody showed you a survey. Who did you ask?",
    ),
    (
        "turn",
        "MINISTER BRÖNNER: I asked the port authority, in writing, twice. I did not ask the board in person, and I regret that.",
    ),
    ("turn", "CHAIR CASTELLAN: Did anybody tell you that the wall was safe?"),
    (
        "turn",
        "MINISTER BRÖNNER: No. Nobody told me that it was safe, and nobody told me that it was not. That is the whole of it. "
        "“No answer” is not an answer one can build a harbour on.",
    ),
    ("stage", "(Laughter.)"),
    (
        "turn",
        "MR O'DELL: May I add a figure? Of 412 metres of wall we have looked at 96. In those 96 metres we found three washouts. I can't "
        "tell you what is in the other 316, and I won't guess.",
    ),
    ("turn", "CHAIR CASTELLAN: Would you let your own boat lie behind it this winter?"),
    ("turn", "MR O'DELL: In the inner harbour, yes. In the outer harbour, not before it is measured."),
    (
        "turn",
        "MR LINDQVIST: Our crews have lain there for thirty years. We want the stones back where they were. We don't want a chain, "
        "we don't want a commission, and we certainly don't want to wait until the naïve hope of a mild winter is gone.",
    ),
    ("turn", "CHAIR CASTELLAN: The hearing is closed at 9.40 p.m."),
)
TEXTS = {"statement": STATEMENT, "transcript": TRANSCRIPT}


def main() -> None:
    """Make them all."""
    for name, parts in TEXTS.items():
        (HERE / f"{name}.txt").write_text(plain(parts), encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            (work / f"{name}.fodt").write_text(flat_odt(parts), encoding="utf-8")
            for ending, kind in (
                ("odt", "odt"), ("docx", "docx:MS Word 2007 XML"), ("rtf", "rtf:Rich Text Format"), ("pdf", "pdf:writer_pdf_Export"),
            ):  # fmt: skip
                run(
                    "soffice",
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--headless",
                    "--convert-to",
                    kind,
                    f"{name}.fodt",
                    cwd=work,
                )
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


def flat_odt(parts: tuple[tuple[str, str], ...], *, columns: int = 1, header: str = HEADER, size: float = 13, indented: bool = False) -> str:
    """A flat OpenDocument text with a running header and page numbers."""
    body: list[str] = []
    for kind, words in parts:
        if kind == "table":
            rows = "".join(
                f"<table:table-row>{''.join(f'<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>' for cell in row)}</table:table-row>"
                for row in TABLE
            )
            body.append(
                f'<table:table><table:table-column table:number-columns-repeated="{len(TABLE[0])}"/>{rows}</table:table>'
            )
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
            body.append(
                f'<text:p text:style-name="P">{escape(words).format(note) if kind == "footnote" else escape(words)}</text:p>'
            )
    divided = f'<style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/>' if columns > 1 else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMESPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties {"fo:text-indent='0.6cm'" if indented else "fo:margin-bottom='0.3cm'"} fo:text-align="justify"/>
<style:text-properties fo:font-size="{size}pt"/></style:style>
<style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.4cm"/><style:text-properties fo:font-size="{size + 5}pt" fo:font-weight="bold"/></style:style>
<style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.3cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="{size + 1}pt" fo:font-weight="bold"/></style:style>
<style:style style:name="F" style:family="paragraph"><style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="R" style:family="paragraph"><style:text-properties fo:font-size="9pt"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.6cm" fo:margin-right="2.6cm">{divided}</style:page-layout-properties>
<style:header-style><style:header-footer-properties fo:min-height="1cm" fo:margin-bottom="0.5cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="1cm" fo:margin-top="0.5cm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:header><text:p text:style-name="R">{escape(header)}</text:p></style:header>
<style:footer><text:p text:style-name="R">Page <text:page-number text:select-page="current">1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{"".join(body)}</office:text></office:body></office:document>
"""


# --- LaTeX ------------------------------------------------------------------------------------------------------------

_LETTERS = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
    '"': r"\textquotedbl{}", "'": r"\textquotesingle{}", "“": r"\textquotedblleft{}", "”": r"\textquotedblright{}", "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}", "–": r"\textendash{}", "—": r"\textemdash{}", "·": r"\textperiodcentered{}", "„": r"\quotedblbase{}",
    "«": r"\guillemotleft{}", "»": r"\guillemotright{}", "…": r"\textellipsis{}",
}  # fmt: skip


LM = r"\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}"


def in_latex(words: str) -> str:
    """Words with LaTeX's own letters escaped."""
    return "".join(_LETTERS.get(letter, letter) for letter in words)


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
    return f"""\\documentclass[{options}]{{article}}
{fonts}\\usepackage{{textcomp}}\\usepackage{{fancyhdr}}
\\usepackage[margin=2.6cm,headheight=15pt]{{geometry}}
\\pagestyle{{fancy}}\\fancyhf{{}}\\lhead{{\\small {in_latex(header)}}}\\cfoot{{\\thepage}}\\renewcommand{{\\headrulewidth}}{{0.4pt}}
{gaps}\\emergencystretch=2em\\linespread{{{spread}}}
\\begin{{document}}
{(chr(10) * 2).join(body)}
\\end{{document}}
"""


if __name__ == "__main__":
    main()
