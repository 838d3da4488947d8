"""Mails: the message, what it quotes, what is attached; whatever they are encoded in."""

import base64
from email.message import EmailMessage

from quoth.reading import read, read_all
from quoth.types import BlockKind, Document, QuothError

WORDS = "The harbour master said on Monday that “no boat was refused”, and that the log books lie open."
OTHER = "“The quay is safe,” said Oda Kest, who runs the port of Tarn Bay."


def mail(text: str = WORDS, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "Ada Brenn <press@valdora.example>", "Re: The quay"
    made["Date"] = "Fri, 02 May 2031 14:05:00 +0200"
    for name, value in headers.items():
        made[name] = value
    made.set_content(text)
    return made


def found(data: bytes, name: str = "x.eml") -> tuple[dict[str, Document], list[str]]:
    every = list(read_all(data, name))
    return {one.id: one for one in every if isinstance(one, Document)}, [
        str(one) for one in every if isinstance(one, QuothError)
    ]


def test_the_message_is_the_document_and_its_head_says_title_and_day() -> None:
    document = read(mail().as_bytes(), "x.eml")
    assert document.text == WORDS
    assert (document.title, document.published) == ("The quay", "2031-05-02T14:05")
    assert document.notes == ("A mail from Ada Brenn <press@valdora.example>.",)


def test_each_attachment_is_a_document_of_its_own_and_logos_are_none() -> None:
    made = mail()
    made.add_attachment(OTHER.encode(), maintype="text", subtype="plain", filename="statement.txt")
    made.add_attachment(f"<html><body><p>{OTHER}</p></body></html>", subtype="html", filename="größe/page.html")
    made.add_attachment(b"\x89PNG\r\n\x1a\n\0\0", maintype="image", subtype="png", filename="logo.png")
    documents, errors = found(made.as_bytes())
    assert {id_: one.text for id_, one in documents.items()} == {
        "x.eml": WORDS,
        "x.eml/statement.txt": OTHER,
        "x.eml/größe_page.html": OTHER,
    }
    assert not errors
    assert "Attached, and not read, for there is no text in it: logo.png." in documents["x.eml"].notes
    assert read(made.as_bytes(), "x.eml").text == WORDS


def test_a_mail_that_is_attached_is_read_as_a_mail() -> None:
    made = mail()
    made.add_attachment(mail(OTHER))
    documents, _ = found(made.as_bytes())
    assert [one.text for one in documents.values()] == [WORDS, OTHER]


def test_a_mail_without_words_of_its_own_is_what_is_attached_to_it() -> None:
    made = mail("\n")
    made.add_attachment(OTHER.encode(), maintype="text", subtype="plain", filename="statement.txt")
    assert read(made.as_bytes(), "x.eml").text == OTHER


def test_what_is_quoted_of_an_earlier_mail_stands_apart() -> None:
    below = f"{WORDS}\n\nOn Thu, 1 May 2031 at 09:24, Oda Kest <oda@valdora.example> wrote:\n> {OTHER}\n>\n> Oda\n"
    documents, _ = found(mail(below).as_bytes())
    assert {id_: one.text for id_, one in documents.items()} == {"x.eml": WORDS, "x.eml/quoted 1": f"{OTHER}\n\nOda"}
    outlook = f"{WORDS}\n\n-----Original Message-----\nFrom: Oda Kest\nSubject: x\n\n{OTHER}\n"
    documents, _ = found(mail(outlook).as_bytes())
    assert documents["x.eml"].text == WORDS
    assert OTHER in documents["x.eml/quoted 1"].text


def test_a_quotation_in_a_message_is_no_earlier_mail() -> None:
    text = f"The minister said:\n\n> {OTHER}\n\n{WORDS}\n"
    documents, _ = found(mail(text).as_bytes())
    assert list(documents) == ["x.eml"]
    assert OTHER in documents["x.eml"].text


def test_lines_that_were_broken_for_the_mail_alone_are_joined() -> None:
    flowed = WORDS.replace("“no boat", "\n“no boat").replace(", and", ", \nand")
    made = mail()
    made.set_content(flowed)
    made.set_param("format", "flowed")
    assert read(made.as_bytes(), "x.eml").text == WORDS


def test_what_stands_below_the_mark_of_a_signature_is_no_running_text() -> None:
    document = read(
        mail(f"{WORDS}\n\n-- \nAda Brenn\nHarbour Authority of Valdora, press office\n").as_bytes(), "x.eml"
    )
    kinds = {block.span.of(document.text): block.kind for block in document.blocks}
    assert kinds[WORDS] is BlockKind.PARAGRAPH
    assert {kind for words, kind in kinds.items() if words != WORDS} == {BlockKind.RELATED}


def test_a_charset_that_a_mail_declares_is_believed() -> None:
    text = "Größe und Höhe des Kais: „Kein Boot wurde abgewiesen“, sagte Oda Kest."
    data = (
        b"From: a@valdora.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=windows-1252\n"
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(text.encode("cp1252"))
    )
    assert read(data, "x.eml").text == text


def test_a_message_in_html_alone_is_read_as_a_page() -> None:
    made = EmailMessage()
    made["From"], made["Message-ID"] = "a@valdora.example", "<1@valdora.example>"
    made.set_content(f"<html><body><p>{WORDS}</p><p>{OTHER}</p></body></html>", subtype="html", cte="quoted-printable")
    document = read(made.as_bytes(), "x.eml")
    assert document.text == f"{WORDS}\n\n{OTHER}"
    assert document.id == "x.eml"


def test_the_mails_of_a_mailbox_are_read_each_by_its_number() -> None:
    box = b"".join(
        b"From press@valdora.example Fri May  2 14:05:00 2031\n" + mail(text).as_bytes() + b"\n"
        for text in (WORDS, f"{OTHER}\n>From the quay.\n")
    )
    documents, errors = found(box, "x.mbox")
    assert {id_: one.text for id_, one in documents.items()} == {
        "x.mbox/1": WORDS,
        "x.mbox/2": f"{OTHER}\nFrom the quay.",
    }
    assert not errors


def test_a_mail_with_more_parts_than_any_has_is_one_sentence() -> None:
    data = (
        b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 20_000
    )
    documents, errors = found(data)
    assert not documents
    assert errors == ["x.eml: this mail has more parts, or deeper in each other, than any mail has."]


def test_mails_in_mails_without_end_end_in_one_sentence() -> None:
    data = b"".join(
        b"MIME-Version: 1.0\nSubject: %d\nContent-Type: message/rfc822\n\n" % number for number in range(5_000)
    )
    documents, errors = found(data + b"Subject: x\n\nNo boat.\n")
    assert not documents
    assert len(errors) == 1


def test_mails_in_each_other_that_can_be_parted_and_not_written_name_their_file() -> None:
    head = b"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    documents, errors = found(head * 300 + b"Subject: x\n\nNo boat.\n")
    assert not documents
    assert errors == ["x.eml: a mail attached to this one holds mails deeper in each other than any mail does."]
