"""Files that are made to exhaust whatever reads them: one sentence each, in bounded time and memory."""

import io
import resource
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest

from quoth.processes import confined
from quoth.reading import read, read_all
from quoth.types import Document, QuothError

WORDS = "The harbour master said on Monday that “no boat was refused”, and that the log books lie open."
PATIENCE = 120  # seconds for one file, on a machine that has other work
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>"


def pdf(*objects: bytes) -> bytes:
    parts, places, at = [b"%PDF-1.4\n"], [], 9
    for number, one in enumerate(objects, 1):
        places.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, one))
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, at)
    return b"".join([*parts, b"xref\n0 %d\n0000000000 65535 f \n" % size, table, end])


def stream(data: bytes, *, packed: bool = False) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (b"/Filter/FlateDecode" if packed else b"", len(data), data)


def pages(count: int, content: bytes) -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(count))
    tree = b"<</Type/Pages/Count %d/Kids[%s]/Resources<</Font<</F 3 0 R>>>>/MediaBox[0 0 400 400]>>" % (count, kids)
    return pdf(CATALOGUE, tree, FONT, content, *[PAGE] * count)


def zeros(size: int, before: bytes, after: bytes = b"") -> bytes:
    packer = zlib.compressobj()
    block = b" " * 1_000_000
    return b"".join(
        [packer.compress(before), *(packer.compress(block) for _ in range(size // len(block))), packer.compress(after),
         packer.flush()]
    )  # fmt: skip


def zipped(**members: str | bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return target.getvalue()


def docx(document: bytes | str) -> bytes:
    return zipped(word__document_xml=document)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))


def zipped_zeros(name: str, size: int) -> bytes:
    target, about = io.BytesIO(), zipfile.ZipInfo(name)
    about.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(target, "w") as archive, archive.open(about, "w", force_zip64=True) as member:
        for _ in range(size // 1_000_000):
            member.write(b" " * 1_000_000)
    return target.getvalue()


def nested() -> bytes:
    data = zipped(a_txt=WORDS)
    for _ in range(8):
        data = zipped(a_zip=data)
    return data


NO_BOAT = b"BT /F 12 Tf 10 10 Td (No boat.) Tj ET\n"


def drawn_by_itself() -> bytes:
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 11>>"
    return pdf(
        CATALOGUE,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        stream(b"/X Do"),
        form + b"stream\n/X Do /X Do\nendstream",
    )


def locked() -> bytes:
    keys = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"00" * 32, b"11" * 32)
    return pdf(CATALOGUE, b"<</Type/Pages/Count 0/Kids[]>>").replace(b"/Root 1 0 R", b"/Root 1 0 R" + keys)


def with_entities(entities: str, used: str) -> bytes:
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>{used}</w:t></w:r></w:p></w:body></w:document>"
    return docx(f"<!DOCTYPE d [{entities}]>{body}")


def mails_in_mails() -> bytes:
    head = b"MIME-Version: 1.0\nSubject: %d\nContent-Type: message/rfc822\n\n"
    return b"".join(head % number for number in range(20_000))


NOT_READ = "this is a PDF file; it was not read"
MAIL = b"From: ann@tarn.example\nSubject: Harbour\nMIME-Version: 1.0\n"
PARTED = MAIL + b"Content-Type: multipart/mixed; boundary=q\n\n"


def many_listed() -> bytes:
    """A ZIP archive whose list names one member over and over."""
    data = zipped(a_txt=WORDS)
    begin, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    return data[:begin] + data[begin:end] * 200_000 + data[end:]


def one_over_the_other() -> bytes:
    """A ZIP archive, each of whose thousand files is the same packed megabyte."""
    data = zipped(a_txt=f"{WORDS} " * 10_000)
    begin, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    listed = data[begin:end] * 1_000
    sizes = struct.pack("<HHHHIIH", 0, 0, 1_000, 1_000, len(listed), begin, 0)
    return data[:begin] + listed + b"PK\x05\x06" + sizes


def page_of_many(elements: int) -> bytes:
    return f"<html><body><p>{WORDS * 20}</p>{'<p>so it is</p>' * elements}".encode()


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a hundred thousand pages": (lambda: pages(100_000, stream(NO_BOAT)), "it has 100,000 pages"),
    "pages that are their own parents": (lambda: pdf(CATALOGUE, b"<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>"), ""),
    "a page that draws itself": (drawn_by_itself, ""),
    "a page that unpacks to gigabytes": (
        lambda: pages(1, stream(zeros(1_500_000_000, NO_BOAT), packed=True)),
        NOT_READ,
    ),
    "a page of millions of words": (
        lambda: pages(1, stream(zlib.compress(NO_BOAT * 6_000_000), packed=True)),
        NOT_READ,
    ),
    "a PDF with a password": (locked, "it is locked with a password; save it without one first"),
    "entities that grow": (lambda: with_entities(f'<!ENTITY l0 "ha">{LAUGHS}', "&l11;"), ""),
    "an entity of another file": (lambda: with_entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), ""),
    "elements without end": (lambda: docx(f"<w:document {W}><w:body>" + "<w:sdt>" * 100_000), "(DOCX); it is damaged"),
    "XML that unpacks to gigabytes": (lambda: zipped_zeros("word/document.xml", 1_500_000_000), "larger than 64 MiB"),
    "a member that unpacks to gigabytes": (lambda: zipped_zeros("a.txt", 1_500_000_000), "larger than 64 MiB unpacked"),
    "a member that is packed too well": (lambda: zipped_zeros("a.txt", 60_000_000), "60 MB are packed into 58 kB"),
    "more members than are read": (many_listed, "it lists more than 100,000 files"),
    "members over each other": (one_over_the_other, "more is packed in it than it holds"),
    "a page of half a million elements": (lambda: page_of_many(500_000), "this page has 500,003 elements"),
    "a damaged page of 13 MB": (
        lambda: b"<html><body><p>\xff</p>" + f"<p>{WORDS}</p>".encode() * 130_000,
        "more than the 12 MB",
    ),
    "a mail of 40 MB": (lambda: MAIL + b"\n" + b"Nobody came. " * 3_100_000, "this mail is larger than 32 MiB"),
    "a mail of two million lines": (lambda: MAIL + b"\n" + b"=41=\n" * 2_000_000, "more than 1,000,000 lines"),
    "a mail of half a million parts": (lambda: PARTED + b"--q\n\n" * 450_000, "this mail has more parts"),
    "a boundary of a megabyte": (
        lambda: MAIL + b"Content-Type: multipart/mixed; boundary=" + b"q" * 1_000_000 + b"\n\nWords.",
        "a Content-Type of more than 10,000 characters",
    ),
    "a file name in half a million parts": (
        lambda: (
            PARTED
            + b"--q\nContent-Disposition: attachment; "
            + b"; ".join(b"filename*%d=x" % at for at in range(500_000))
            + b"\n\nWords."
        ),
        "a Content-Disposition of more than 10,000 characters",
    ),
    "groups without end": (lambda: b"{\\rtf1 " + b"{" * 1_000_000, "this is an RTF file; its groups lie deeper"),
    "mails in mails": (mails_in_mails, "this mail has more parts"),
    "archives in archives": (nested, "lies in 5 others and holds still more"),
}


@pytest.fixture
def _few_seconds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_500_000, "kilobytes"


@pytest.mark.slow
@pytest.mark.usefixtures("_few_seconds")
@pytest.mark.parametrize("what", BOMBS)
def test_a_file_that_is_made_to_exhaust_its_reader_is_one_sentence(what: str) -> None:
    make, told = BOMBS[what]
    data = make()
    began = time.monotonic()
    found = list(read_all(data, "x"))
    assert time.monotonic() - began < PATIENCE
    if told or not all(isinstance(one, Document) for one in found):
        (error,) = found
        assert isinstance(error, QuothError)
        assert str(error).startswith("x")
        assert told in str(error)
        assert str(error).endswith(".")
        assert "\n" not in str(error)
    else:
        assert all("root:" not in one.text and len(one.text) < 1_000 for one in found if isinstance(one, Document))
    assert (
        read(docx(f"<w:document {W}><w:body><w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p></w:body></w:document>"), "y").text
        == WORDS
    )


@pytest.mark.parametrize(
    ("function", "told"), [("greedy", "it takes more than 1024 MiB"), ("busy", "it takes more than 1 s")]
)
def test_work_that_takes_too_much_is_ended_and_the_next_is_done(function: str, told: str) -> None:
    with pytest.raises(confined.Exhausted, match=told):
        confined.confined(f"hostile.hostile_work:{function}", b"x", seconds=1)
    assert confined.confined("hostile.hostile_work:noisy", b"x") == "x"


def test_what_the_work_itself_says_of_its_data_is_passed_on() -> None:
    with pytest.raises(confined.Refused, match="nothing of the kind"):
        confined.confined("hostile.hostile_work:wrong", b"x")


def test_forty_thousand_footnotes_are_numbered_in_the_time_of_their_length() -> None:
    notes = "".join(rf"Word{{\footnote Note {at} says so.}} " for at in range(1, 40_001))
    start = time.monotonic()
    document = read(rf"{{\rtf1\ansi {WORDS.encode('ascii', 'ignore').decode()} {notes}}}".encode(), "notes.rtf")
    assert document.text.rstrip().endswith("40000 Note 40000 says so.")
    assert time.monotonic() - start < 15


def test_a_mail_of_half_a_million_lines_that_flow_is_read_in_the_time_of_its_length() -> None:
    start = time.process_time()
    document = read(MAIL + b"Content-Type: text/plain; format=flowed\n\n" + b"so it is \n" * 500_000, "flowing.eml")
    assert document.text.count("so it is") == 500_000
    assert "\n" not in document.text.strip()
    assert time.process_time() - start < 20


def test_a_message_of_a_hundred_thousand_answers_gives_so_many_documents_at_most_and_loses_no_word() -> None:
    answers = b"".join(b"On Monday Ann %d wrote:\n> No boat was refused.\n" % at for at in range(20_000))
    found = [one for one in read_all(MAIL + b"\nDear all,\n" + answers, "answers.eml") if isinstance(one, Document)]
    assert len(found) == 5_001
    assert sum(one.text.count("No boat was refused") for one in found) == 20_000
