"""Make the tables of names that come from public data: readings of Chinese characters, names of countries by language.

    python training/name_tables.py     (needs `pip install babel==2.19.0 pypinyin==0.55.0`)

Writes src/quoth/lexicon/han.toml (the characters of GB 2312, level 1, and of Big5, level 1, each with its most usual
reading, from pypinyin, MIT licence, after Unihan) and src/quoth/lexicon/country_names.toml (CLDR's territory names by
way of Babel, Unicode licence), in one order, so that two runs write the same bytes.
"""

from collections import defaultdict
from pathlib import Path

from babel import Locale
from pypinyin import Style, pinyin

LEXICON = Path(__file__).resolve().parents[1] / "src" / "quoth" / "lexicon"
LANGUAGES = "fr de es it pt nl pl cs ru uk be tr sv da ro hu fi el ar zh sr bg az id".split()  # noqa: SIM905


def characters() -> list[str]:
    """The common characters of both standards."""
    found = set()
    for charset, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        for lead in range(first, last + 1):
            for trail in range(0x40, 0xFF):
                try:
                    found.add(bytes((lead, trail)).decode(charset))
                except UnicodeDecodeError:
                    continue
    return sorted(one for one in found if "\u4e00" <= one <= "\u9fff")


def han() -> str:
    """A line a syllable: the characters read so, without tones."""
    read: defaultdict[str, list[str]] = defaultdict(list)
    for one in characters():
        read[pinyin(one, style=Style.NORMAL)[0][0].replace("ü", "u").replace("v", "u")].append(one)
    lines = [f'{syllable} = "{"".join(read[syllable])}"' for syllable in sorted(read) if syllable.isalpha()]
    return (
        "# How Chinese characters are read, tones left aside. "
        "Made by training/name_tables.py from pypinyin (MIT), after Unihan.\n" + "\n".join(lines) + "\n"
    )


def countries() -> str:
    """A line a country: its names in languages other than English."""
    english = Locale("en").territories
    lines = []
    for code in sorted(english):
        if len(code) != 2 or not code.isalpha() or code in {"EU", "UN", "XA", "XB", "ZZ", "EZ", "QO"}:
            continue
        names = dict.fromkeys(Locale(language).territories.get(code, "") for language in LANGUAGES)
        kept = [name for name in names if name and name != english[code] and '"' not in name]
        lines.append(f'"{english[code]}" = "{"|".join(kept)}"')
    return (
        "# Names of countries in other languages. "
        "Made by training/name_tables.py from CLDR (Unicode licence) by way of Babel.\n" + "\n".join(lines) + "\n"
    )


if __name__ == "__main__":
    (LEXICON / "han.toml").write_text(han(), encoding="utf-8")
    (LEXICON / "country_names.toml").write_text(countries(), encoding="utf-8")
