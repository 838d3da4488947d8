"""Charsets: UTF-8, what is declared, and what the letters tell for sure; all else is refused."""

import codecs

import pytest

from quoth.reading import read
from quoth.types import UnusableInput

TEXTS = {  # a text a language, with the letters and marks that tell its charsets apart
    "en": "The mayor of Fünen said that it’s “not our harbour”, and that the café on the pier was closed for €5 a day.",
    "de": "Der Bürgermeister von Fünen hat gesagt, dass die Fähre nicht fährt und „die Größe“ für alle zu groß ist.",
    "fr": "Le maire de la ville a déclaré que « la forêt n’est pas à vendre », et que les élèves ont été reçus là-bas.",
    "es": "El alcalde de la ciudad dijo que “no habrá más años así”, según él, y que la señal está en el puerto.",
    "pl": "Rzecznik powiedział, że łódź nie wróciła do portu i że się na to nie zgodzą, bo źle to wyszło dla żeglarzy.",
    "cs": "Starosta řekl, že loď se na moře nevrátí, protože je příliš stará a že to není žádná chyba ani náš dluh.",
    "tr": "Belediye başkanı bu gece için bir açıklama yaptı ve gemi ile ilgili daha çok şey söyledi.",
    "ru": "Начальник порта сказал, что ни одна лодка не была задержана, и что журналы лежат открытыми для всех.",
    "uk": "Начальник порту сказав, що жодного човна не було затримано, і що журнали лежать відкритими для всіх.",
}


@pytest.mark.parametrize(
    ("code", "codec"),
    [
        ("en", "cp1252"),
        ("en", "mac-roman"),
        ("de", "cp1252"),
        ("fr", "cp1252"),
        ("es", "cp1252"),
        ("pl", "cp1250"),
        ("pl", "iso8859-2"),
        ("cs", "cp1250"),
        ("cs", "iso8859-2"),
        ("tr", "cp1254"),
        ("ru", "cp1251"),
        ("ru", "koi8-r"),
        ("ru", "iso8859-5"),
        ("ru", "cp866"),
        ("uk", "cp1251"),
        ("uk", "koi8-u"),
    ],
)
def test_a_certain_charset_is_read_and_named_in_a_note(code: str, codec: str) -> None:
    document = read(TEXTS[code].encode(codec), "a.txt")
    assert document.text == TEXTS[code]
    (note,) = document.notes
    assert note.startswith("Read as ")
    assert note.endswith(", for its bytes are not UTF-8.")


@pytest.mark.parametrize("code", ["de", "fr", "es"])
def test_latin_1_is_read(code: str) -> None:
    text = TEXTS[code].translate(str.maketrans("“”„’", '"""\''))
    assert read(text.encode("latin-1"), "a.txt").text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("The mayor of Fünen said so.", "latin-1"),
        ("“Yes”, the mayor said.", "cp1252"),
        ("The résumé", "cp1252"),
        ("Wałęsa of Łódź said on Monday that it was not so.", "cp1250"),
    ],
)
def test_a_few_letters_are_enough_where_they_leave_no_choice(text: str, codec: str) -> None:
    assert read(text.encode(codec), "a.txt").text == text


@pytest.mark.parametrize(
    "data",
    [
        b"abc\xff\x81def",
        bytes(range(1, 256)) * 20,
        "Το λιμάνι είναι ανοικτό".encode("cp1253"),
        "港口今天重新开放".encode("gb18030"),
        b"\xe0 \xf5 \xe3",
        "Der Hafen von Größe ist offen, und die Fähre fährt für alle. ".encode() * 4 + b"\xfcber",
        "Der Hafen von Größe".encode()[:-2],
    ],
)
def test_what_is_certain_in_no_charset_is_refused_with_the_first_wrong_byte(data: bytes) -> None:
    with pytest.raises(UnusableInput) as caught:
        read(data, "a.txt")
    sentence = str(caught.value)
    assert sentence.startswith("a.txt: not UTF-8 (byte 0x")
    assert sentence.endswith("no other charset is certain; convert the text to UTF-8 first.")


@pytest.mark.parametrize("codec", ["utf-16", "utf-32"])
@pytest.mark.parametrize("mark", ["le", "be"])
def test_wide_text_is_read_by_its_mark(codec: str, mark: str) -> None:
    beginning = {"utf-16le": codecs.BOM_UTF16_LE, "utf-16be": codecs.BOM_UTF16_BE,
                 "utf-32le": codecs.BOM_UTF32_LE, "utf-32be": codecs.BOM_UTF32_BE}[codec + mark]  # fmt: skip
    document = read(beginning + "Die Fähre\r\nfährt.".encode(f"{codec}-{mark}"), "a.txt")
    assert document.text == "Die Fähre\nfährt."
    assert document.notes == (f"Read as {codec.upper()}, by its byte order mark.",)


def test_text_in_utf_8_has_no_note() -> None:
    assert read(codecs.BOM_UTF8 + "Die Fähre fährt.".encode(), "a.txt").notes == ()


def test_japanese_in_seven_bits_is_no_ascii() -> None:
    text = "港は今日から開いています。"
    document = read(text.encode("iso2022_jp"), "a.txt")
    assert (document.text, document.notes) == (text, ("Read as ISO-2022-JP, for its bytes are not UTF-8.",))


# --- declared ---------------------------------------------------------------------------------------------------------


def page(words: str, declared: str) -> str:
    return f"<html><head><meta charset='{declared}'></head><body><p>{words}</p></body></html>"


@pytest.mark.parametrize(
    ("words", "declared", "codec", "called"),
    [
        (TEXTS["ru"], "windows-1251", "cp1251", "Windows-1251"),
        (TEXTS["en"], "ISO-8859-1", "cp1252", "Windows-1252"),
        (TEXTS["pl"], "iso-8859-2", "iso8859-2", "ISO-8859-2"),
        ("Το λιμάνι είναι ανοικτό σήμερα.", "windows-1253", "cp1253", "Windows-1253"),
    ],
)
def test_a_charset_that_the_page_declares_is_honoured(words: str, declared: str, codec: str, called: str) -> None:
    document = read(page(words, declared).encode(codec), "a.html")
    assert (document.text, document.notes) == (words, (f"Read as {called}, as the page declares.",))


@pytest.mark.parametrize(
    ("words", "declared", "codec", "called"),
    [
        (TEXTS["ru"], "windows-1251", "cp1251", "Windows-1251"),
        (TEXTS["en"], "ISO-8859-1", "cp1252", "Windows-1252"),
        ("Το λιμάνι είναι ανοικτό σήμερα.", "windows-1253", "cp1253", "Windows-1253"),
        ("港口今天重新开放，市长说。", "gb2312", "gb18030", "GB18030"),
        ("港は今日から開いています。", "x-sjis", "cp932", "Shift_JIS"),
        ("ท่าเรือเปิดแล้ววันนี้", "windows-874", "cp874", "Windows-874"),
    ],
)
def test_a_charset_that_the_server_declares_is_honoured(words: str, declared: str, codec: str, called: str) -> None:
    document = read(words.encode(codec), "a", charset=declared)
    assert (document.text, document.notes) == (words, (f"Read as {called}, as the server declares.",))


@pytest.mark.parametrize(
    ("words", "codec"),
    [
        (
            "Predsjednik Milošević rekao je da luka nije zatvorena i da će se brodovi vratiti, kaže Đorđe Šćepanović.",
            "cp1250",
        ),
        (
            "Minister povedal, že prístav nebol zatvorený a že sa lode vrátia už zajtra, tvrdí Ľudovít Ďurček z Košíc.",
            "cp1250",
        ),
        (
            "Ministras sakė, kad uostas nebuvo uždarytas ir kad laivai grįš jau rytoj, tvirtina Žygimantas Šiaučiūnas.",
            "cp1257",
        ),
        (
            "Ráðherrann sagði að höfnin hefði ekki verið lokuð og að bátarnir kæmu aftur á morgun, segir Þórður.",
            "cp1252",
        ),
        (
            "Dywedodd y gweinidog nad oedd yr harbwr ar gau ac y byddai’r cychod yn ôl yfory, meddai Siân o Dŷ.",
            "cp1252",
        ),
    ],
)
def test_a_declared_charset_of_a_language_that_is_not_told_is_believed(words: str, codec: str) -> None:
    words = words if codec != "cp1252" else words.replace("ŷ", "y")
    assert read(page(words, codec).encode(codec), "a.html").text == words


def test_the_server_counts_more_than_the_page() -> None:
    words = "Το λιμάνι είναι ανοικτό σήμερα."
    document = read(page(words, "windows-1251").encode("cp1253"), "a", charset="windows-1253")
    assert (document.text, document.notes) == (words, ("Read as Windows-1253, as the server declares.",))


@pytest.mark.parametrize(
    ("code", "declared", "codec", "called"),
    [
        ("de", "iso-8859-1", "utf-8", "UTF-8"),
        ("ru", "windows-1251", "utf-8", "UTF-8"),
        ("ru", "gb2312", "utf-8", "UTF-8"),
        ("ru", "iso-8859-1", "cp1251", "Windows-1251"),
        ("ru", "koi8-r", "cp1251", "Windows-1251"),
        ("de", "utf-8", "cp1252", "Windows-1252"),
        ("pl", "iso-8859-1", "cp1250", "Windows-1250"),
        ("de", "klingon-7", "utf-8", "UTF-8"),
        ("de", "utf-16", "cp1252", "Windows-1252"),
    ],
)
def test_a_charset_that_the_bytes_contradict_is_told_and_not_believed(
    code: str, declared: str, codec: str, called: str
) -> None:
    document = read(page(TEXTS[code], declared).encode(codec), "a.html")
    assert document.text == TEXTS[code]
    assert document.notes == (f"Read as {called}, though the page declares {declared}.",)


@pytest.mark.parametrize("declared", ["rot13", "unicode_escape", "idna", "utf-7", "zlib", "\x00", "u" * 500])
def test_a_charset_of_no_text_is_no_charset(declared: str) -> None:
    document = read("Die F\\u00e4hre fährt.".encode(), "a", charset=declared)
    assert document.text == "Die F\\u00e4hre fährt."


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "klingon-7", "utf-8"])
def test_ascii_is_what_it_is_in_every_charset(declared: str) -> None:
    assert read(page("The ferry stays.", declared).encode(), "a.html").notes == ()


def test_a_page_is_read_for_all_a_broken_letter_outside_its_article_but_not_inside_it() -> None:
    words = "Die Fähre fährt für alle, hat der Bürgermeister von Fünen am Montag gesagt."
    around = "<html><body><nav><a href='/'>%s</a></nav><article><h1>Die Fähre</h1><p>%s</p></article></body></html>"
    broken = (around % ("Über @ uns", words)).encode().replace(b"@", b"\xe4")
    document = read(broken, "a.html")
    assert words in document.text
    assert document.notes == ("Read as UTF-8, though some bytes outside its article are not.",)
    with pytest.raises(UnusableInput, match=r"not UTF-8 \(byte 0xe4 at position"):
        read((around % ("Über uns", words + " Und g@hnt.")).encode().replace(b"@", b"\xe4"), "a.html")
