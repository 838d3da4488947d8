"""What is no running text is named and refused, and what merely begins like it is read."""

import bz2
import gzip
import io
import json
import lzma
import zipfile

import pytest

from quoth.reading import read
from quoth.types import UnusableInput

WORDS = "The harbour master said on Monday that “no boat was refused”, and that the log books lie open."


def zipped(*members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for member in members:
            archive.writestr(member, WORDS * 40)
    return target.getvalue()


def pdf(before: bytes = b"") -> bytes:
    return before + b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\nBT (" + WORDS.encode() + b") Tj ET\n%%EOF\n"


RECORD = json.dumps({"id": "a", "text": WORDS})
SRT = "1\n00:00:01,000 --> 00:00:04,500\nNo boat was refused.\n\n2\n00:00:05,000 --> 00:00:07,000\nNone at all.\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:04.000 align:start position:0%\nNo boat was refused.\n"
MIME = "From: Ada Brenn <press@valdora.example>\nSubject: Statement\nMIME-Version: 1.0\n"

REFUSED = {
    "another file of XML": ("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]>\n<report><p>No</p></report>", "XML"),
    "XML without a declaration": ("<report><said>No boat.</said></report>\n", "an XML file"),
    "an older web archive": ("filedesc://harbour.arc 192.0.2.1 20310502 text/plain 76\n1 0 Pier\n", "a web archive"),
    "a server's answer": (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>No.</p></html>",
        "server's answer",
    ),
    "JSON": (json.dumps({"id": "a", "said": [WORDS]}, indent=2), "this is JSON without a text in it; name the field"),
    "a list in JSON": (json.dumps([{"said": WORDS}], indent=1), "this is JSON"),
    "JSON that breaks off": ('{"id": "a",\n "said": ["No boat', "this is JSON"),
    "deep JSON": ("[" * 100_000, "this is JSON"),
    "JSON with a number too large": ('{"n": 1e400, "m": ' + "9" * 5_000 + ',\n"t": "x"}', "this is JSON"),
    "JSON in UTF-16": (json.dumps({"said": "Größe"}, indent=1).encode("utf-16"), "this is JSON"),
    "JSON after a byte order mark": (b"\xef\xbb\xbf" + json.dumps({"said": 1}, indent=1).encode(), "this is JSON"),
    "a table of two columns": (f'statement_text;label_2\n"{WORDS}";1\n"{WORDS}";0\n', "a table; name the column"),
    "a table of semicolons": ("date;speaker;words\n2031-05-02;Oda Kest;No boat\n2031-05-03;Ilya;None\n", "a table"),
    "a table that names its mark": ("sep=;\ndate;speaker;words\n2031-05-02;Oda Kest;No\n", "a table"),
    "a table without a head": ("1,harbour,2031-05-02\n2,pier,2031-05-03\n3,quay,2031-05-04\n", "a table"),
    "subtitles with styles": ("[Script Info]\nTitle: No boat\n\n[Events]\nDialogue: 0,0:00:01.00\n", "subtitles"),
    "subtitles by frames": ("{0}{25}No boat was refused.\n{30}{50}None at all.\n", "a file of subtitles"),
    "a calendar": ("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:Hearing\n", "a calendar"),
    "a PDF": (pdf(), "a PDF file"),
    "a PDF after a blank line": (pdf(b"\n"), "a PDF file"),
    "a PDF after junk": (pdf(b"junk that a server put there\r\n\r\n"), "a PDF file"),
    "a PDF after a byte order mark": (pdf(b"\xef\xbb\xbf"), "a PDF file"),
    "a Word document": (zipped("[Content_Types].xml", "word/document.xml"), "a Word document (DOCX)"),
    "an OpenDocument": (
        b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text" + b"\0",
        "OpenDocument",
    ),
    "an old Office file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 90, "a Microsoft Office file"),
    "a gzip archive": (gzip.compress(WORDS.encode()), "a gzip archive; unpack it first (gunzip)"),
    "a bzip2 archive": (bz2.compress(WORDS.encode() * 50), "a bzip2 archive"),
    "an xz archive": (lzma.compress(WORDS.encode()), "an xz archive"),
    "a Parquet file": (
        b"PAR1\x15\x04\x15\x00PAR1",
        "a table; the Parquet file cannot be read",
    ),
    "an image": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
    "a picture in BMP": (b"BM\x36\x00\x00\x00\x00\x00", "a BMP image"),
    "a picture in WEBP": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "a recording, a video or an image"),
    "a recording": (b"ID3\x04\x00\x00\x00\x00\x00\x23TSSE", "a recording"),
    "a video": (b"\x00\x00\x00\x20ftypisom\x00\x00", "a recording"),
    "a program": (b"\x7fELF\x02\x01\x01\x00", "a program"),
    "a program for Windows": (b"MZ\x90\x00\x03\x00", "a program"),
    "a script": ("#!/bin/sh\nquoth trace report.txt --source statement.txt\n", "a program (a script)"),
}


READ = {
    "a mail in quoted-printable": (f"{MIME}Content-Transfer-Encoding: quoted-printable\n\nNo=20boat.\n", "No boat."),
    "a mail in base64": (
        "Subject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nTm8gYm9hdC4=\n",
        "No boat.",
    ),
    "a mail that begins with its way": (
        "Return-Path: <press@valdora.example>\nReceived: from pier (pier.valdora.example [192.0.2.1])\n"
        "\tby desk with SMTP; Fri, 2 May 2031 14:05:00 +0200\nSubject: Statement\n\nNo boat.\n",
        "No boat.",
    ),
    "a page sent as a mail": (f"{MIME}Content-Type: text/html\n\n<html><p>No=20boat.</p></html>\n", "No=20boat."),
    "a mail of a program": ("From: a@valdora.example\nX-Mailer: Pier 2\nSubject: x\n\nNo boat.\n", "No boat."),
    "a mail with its way alone": ("Received: from pier by desk; 2 May 2031\nSubject: x\n\nNo boat.\n", "No boat."),
    "a mail with carriage returns": (f"{MIME}\nNo boat.\n".replace("\n", "\r\n"), "No boat."),
    "a mail after a blank line": (f"\n{MIME}\nNo boat.\n", "No boat."),
    "a mailbox": ("From press@valdora.example Fri May  2 14:05:00 2031\nSubject: x\n\nNo boat.\n", "No boat."),
    "RTF": ("{\\rtf1\\ansi No boat was refused.}", "No boat was refused."),
    "RTF after a blank line": ("\n{\\rtf1\\ansi No boat was refused.}", "No boat was refused."),
}


def test_a_name_tells_that_typed_header_lines_are_those_of_a_mail() -> None:
    mail = f"From: press@valdora.example\nSubject: Statement\n\n{WORDS}\n".encode()
    assert read(mail, "a.eml").text == WORDS
    assert read(mail, "a.txt").text == mail.decode()


@pytest.mark.parametrize("what", READ)
@pytest.mark.parametrize("name", ["report", "report.txt", "report.html"])
def test_mails_and_office_documents_are_read_whatever_they_are_called(what: str, name: str) -> None:
    data, words = READ[what]
    assert read(data if isinstance(data, bytes) else data.encode(), name).text == words


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("name", ["report", "report.txt", "report.html"])
def test_what_is_no_running_text_is_named_whatever_it_is_called(what: str, name: str) -> None:
    data, told = REFUSED[what]
    with pytest.raises(UnusableInput) as caught:
        read(data if isinstance(data, bytes) else data.encode(), name)
    sentence = str(caught.value)
    assert sentence.startswith(f"{name}: this is ")
    assert told in sentence
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
    assert "\n" not in sentence


SBV = "0:00:01.000,0:00:04.000\nNo boat was refused.\n\n0:00:05.000,0:00:06.000\nNone at all.\n"
LABELLED = (
    "1\n00:00:01,000 --> 00:00:02,000\n<i>ODA KEST: No boat</i>\n\n2\n00:00:02,000 --> 00:00:03,000\nwas refused.\n"
    "3\n00:00:03,000 --> 00:00:04,000\n- Not one?\n- In 2030\n1\n"
)


@pytest.mark.parametrize(
    ("subtitles", "words"),
    [
        (SRT, "No boat was refused. None at all."),
        (SRT.replace("1\n00:00:01", "00:00:01"), "No boat was refused. None at all."),
        (SRT.replace("\n", "\r\n"), "No boat was refused. None at all."),
        (
            VTT + "\nNOTE cut\n\nx\n00:05.000 --> 00:06.000\n<v Oda Kest>None.</v>\n",
            "No boat was refused.\nOda Kest: None.",
        ),
        (SBV, "No boat was refused. None at all."),
        (LABELLED, "ODA KEST: No boat was refused.\n- Not one?\n- In 2030 1"),
    ],
)
def test_subtitles_are_read_as_the_words_of_their_cues(subtitles: str, words: str) -> None:
    document = read(subtitles.encode(), "report.txt")
    assert (document.text, document.notes) == (words, ("Read as subtitles, without their numbers and times.",))


@pytest.mark.parametrize("subtitles", ["WEBVTT", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n"])
def test_subtitles_without_words_are_told(subtitles: str) -> None:
    with pytest.raises(UnusableInput, match="there are no words in these subtitles"):
        read(subtitles.encode(), "a.vtt")


FAIR = {
    "a statement with typed lines at its head": f"From: Ministry of Ports\nSubject: The harbour\n\n{WORDS}\n",
    "a mail as it is printed": (
        "From: Ada Brenn <press@valdora.example>\nTo: desk@gazette.example\nSubject: Answers\n"
        f"Date: Fri, 2 May 2031 14:05:00 +0200\n\n{WORDS}\n"
    ),
    "a mail as an office prints it": (
        f"From: Brenn, Ada\nSent: Friday, May 2, 2031 2:05 PM\nTo: Coll, Mira\nSubject: RE: Patrols\n\n{WORDS}\n"
    ),
    "a letter of the navy": f"From: Commander, Estmark Squadron\nTo: All ships\nReferences: (a) Order 7\n\n{WORDS}\n",
    "a note with when it was received": f"Date: 2 May 2031\nReceived: 3 May 2031\nSubject: Patrols\n\n{WORDS}\n",
    "a release with its contact": f"FOR RELEASE\nContact: Ada Brenn\nEmail: press@valdora.example\n\n{WORDS}\n",
    "a word with an X": f"X-ray: what it shows\nFrom: our reporter\n\n{WORDS}\n",
    "a text about a page": f"The page began with <html> and ended with </html>. {WORDS}\n",
    "a chat": "[12:01] <anna> Was a boat refused?\n[12:02] <ilya> No boat was refused.\n",
    "an article about header lines": f"Message-ID: what is it for?\n\n{WORDS}\n",
    "a line that begins with From": f"From Tarn Bay to Ostrel the boats stayed in on Friday May 2.\n\n{WORDS}\n",
    "a list with commas": f"Ostrel, Lunde, Tarn Bay\nKest, Mahrens, Coll\n{WORDS}\n",
    "a list of names": "Oda Kest, minister\nIlya Mahrens, spokesman\nMira Coll, reporter\nAda Brenn, press office\n",
    "a list of things": "Bread, butter, salt\nTar, rope, nails\nOil, wicks, glass\n",
    "a letter": f"Dear Sir,\nThe harbour is closed,\nthe boats are in,\nand nobody was asked.\n{WORDS}\n",
    "a verse with commas": "No boat, no rope, no oar\nNo wind, no sail, no shore\nNo man, no more, no more\n",
    "numbers with commas": "1,200\n2,300\n3,400\n",
    "a list with semicolons": "The harbour; the pier; the quay\nThe boats; the crews; the log books\n",
    "a transcript with tabs": "CHAIR\tOrder, order.\nMINISTER\tNo boat was refused.\nCHAIR\tThank you.\n",
    "a transcript with stamps and tabs": (
        "00:01\tCHAIR\tOrder, order.\n00:04\tMINISTER\tNo boat was refused.\n00:09\tCHAIR\tThank you.\n"
    ),
    "a transcript with stamps": "[00:00:01] CHAIR: Order.\n[00:00:04] MINISTER: No boat was refused.\n",
    "a transcript with stamps on their own lines": "0:01\nOrder, order.\n0:04\nNo boat was refused.\n",
    "a transcript with stamps and hours": "00:00:01\nCHAIR: Order.\n\n00:00:04\nMINISTER: No boat was refused.\n",
    "a text that begins with a subtitle's stamp": (
        "00:00:01,000 --> 00:00:04,500\n\nSo the video's subtitle is stamped, and the ministry says it was cut.\n\n"
        f"{WORDS}\n\n{WORDS}\n\n{WORDS}\n\n{WORDS}\n"
    ),
    "a text that quotes a subtitle": f"{WORDS}\n\n1\n00:00:01,000 --> 00:00:04,500\nNo boat was refused.\n",
    "a text about WEBVTT": f"WEBVTT-files are what the ministry sent.\n\n{WORDS}\n",
    "a credit in brackets": f"[Photo by M. Coll/Seaboard Agency]\n\n{WORDS}\n",
    "stage directions in brackets": "[Applause]\n[Laughter]\nTHE MINISTER: No boat was refused.\n",
    "notes with numbers in brackets": "[1] The ministry, May 2031.\n[2] The harbour office.\n",
    "a quotation in brackets": '["No boat was refused," the minister said.]\n\nThat is all he said.\n',
    "a year in brackets": f"[2031]\n\n{WORDS}\n",
    "braces": f"{{draft}}\n\n{WORDS}\n",
    "a template's braces": "{{Short description|A harbour}}\n\nThe harbour of Tarn Bay is open, the minister said.\n",
    "a quoted sentence alone": '"No boat was refused."',
    "a place in angle brackets": f"<Tarn Bay> {WORDS}\n",
    "an address in angle brackets": f"<https://gazette.example/pier>\n\n{WORDS}\n",
    "a text about a tag": f"<br> is what the minister typed.\n\n{WORDS}\n",
    "a text about PDF": f"%PDF is how such files begin, and {WORDS} The file began with %PDF-1.7, with no 1 0 obj.\n",
    "a text about the first line of a PDF": f"The file began with %PDF-1.7.\n\n{WORDS}\n",
    "a word that begins like a recording": f"RIFF-RAFF gathered at the pier.\n\n{WORDS}\n",
    "a text about ID3": f"ID3 tags were stripped from the recording.\n\n{WORDS}\n",
    "a text about BMP": f"BMP and GIF89a are old formats.\n\n{WORDS}\n",
    "a name that begins like a program": f"MZ Bank said on Friday that it lends no more.\n\n{WORDS}\n",
    "a text about Parquet": f"PAR1 is the club's first par.\n\n{WORDS}\n",
    "a name that begins like an archive": f"BZh9 is a droid, PK is a word.\n\n{WORDS}\n",
    "PK as initials": f"PK said that no boat was refused.\n\n{WORDS}\n",
    "a text about HTTP": f"HTTP/1.1 200 is what the server said.\n\n{WORDS}\n",
    "a hash and a mark": f"#!important, the minister typed.\n\n{WORDS}\n",
    "a heading in Markdown": f"---\ntitle: Harbour\ndate: 2031-05-02\n---\n\n# Harbour\n\n{WORDS}\n",
    "a table in Markdown": f"| date | boats |\n|---|---|\n| 2 May | 4 |\n\n{WORDS}\n",
    "a text with a table in it": f"{WORDS}\n\ndate\tboats\tcrews\n2 May\t4\t12\n3 May\t5\t15\n\n{WORDS}\n",
    "a form with a stray control character": f"FORM 7: answer of the ministry. {WORDS}\n\n{WORDS}\x02\n",
    "the FORM of a letter": f"FORM 7: answer of the ministry.\n\n{WORDS}\n",
    "ORC as a word": f"ORC, the Office of River Crossings, is closed.\n\n{WORDS}\n",
}


@pytest.mark.parametrize("what", FAIR)
@pytest.mark.parametrize("name", ["standard input", "report.txt"])
def test_a_text_that_merely_begins_like_another_format_is_read_unchanged(what: str, name: str) -> None:
    assert read(FAIR[what].encode(), name).text == FAIR[what]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("letter.csv", f"Dear Sir,\n\n{WORDS}\n\nYours, Ada Brenn\n"),
        ("statement.eml", WORDS),
        ("statement.json", WORDS),
        ("statement.xml", WORDS),
        ("statement.pdf", WORDS),
    ],
)
def test_a_name_alone_makes_no_format(name: str, text: str) -> None:
    assert read(text.encode(), name).text == text


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "Name, Town\nOda Kest, Ostrel\nIlya Mahrens, Lunde\n", "a table"),
        ("a.tsv", "Oda Kest\tOstrel\nIlya Mahrens\tLunde\n", "a table"),
    ],
)
def test_a_name_decides_where_the_form_leaves_it_open(name: str, text: str, told: str) -> None:
    with pytest.raises(UnusableInput, match=f"this is {told}"):
        read(text.encode(), name)
    assert read(text.encode(), "a.txt").text == text


def test_a_part_of_a_page_is_read_as_a_page_whatever_it_is_called() -> None:
    part = f"<h1>The harbour</h1>\n<p>{WORDS}</p>\n<p>{WORDS}</p>"
    assert "<p>" not in read(part.encode(), "report.txt").text


def test_a_page_below_a_servers_warning_is_a_page() -> None:
    page = f"Warning: pier not found in line 7\n<!DOCTYPE html>\n<html><body><p>{WORDS}</p></body></html>\n"
    assert read(page.encode(), "report.txt").text.endswith(WORDS)
    assert "<p>" not in read(page.encode(), "report.txt").text


def test_a_page_after_xml_and_comments_is_a_page() -> None:
    page = (
        "<?xml version='1.0'?>\n<?xml-stylesheet href='a'?>\n<!-- made -->\n<!DOCTYPE html PUBLIC 'a' 'b'>\n<!-- so -->"
        f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{WORDS}</p></body></html>"
    )
    assert read(page.encode(), "report").text == WORDS


def test_a_server_may_call_a_page_one_where_the_bytes_leave_it_open() -> None:
    page = f"Welcome <p>{WORDS}</p>".encode()
    assert "<p>" in read(page, "a").text
    assert "<p>" not in read(page, "a", media_type="text/html").text


@pytest.mark.parametrize(
    "text", ['a,"' + "x," * 50_000, "a\t" * 50_000, "{" * 100_000, '{"' + "a" * 100_000, "<" * 100_000]
)
def test_what_never_ends_like_a_form_is_read_as_it_is(text: str) -> None:
    assert read(text.encode(), "a.csv").text == text
