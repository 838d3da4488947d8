"""Texts that nobody writes, and one that everybody writes to measure them by; each is made to a size in characters."""

import random
from collections.abc import Callable

Maker = Callable[[int], str]

_GIVEN = [
    "Mira",
    "Oskar",
    "Telma",
    "Jorin",
    "Adela",
    "Borin",
    "Sanna",
    "Petrik",
    "Livia",
    "Davor",
    "Ilse",
    "Marek",
    "Runa",
    "Tobin",
    "Vesna",
    "Hallar",
]
_FAMILY = [
    "Orlan",
    "Vessik",
    "Tarnow",
    "Helmin",
    "Ostrova",
    "Brandek",
    "Sorval",
    "Kestrin",
    "Aldane",
    "Morvik",
    "Lurien",
    "Pallister",
    "Dornau",
    "Estvik",
]
_ROLES = (
    "the harbour minister",
    "the mayor of Tolven",
    "the union's chair",
    "the fisheries agency",
    "a police spokesperson",
    "the river authority",
    "the head of the water board",
    "the grid operator",
)
_VERBS = ["told reporters", "said", "warned", "claimed", "announced", "denied", "added", "explained", "confirmed"]
_SUBJECTS = [
    "the new bridge",
    "the ferry line",
    "the coast road",
    "the eastern dyke",
    "the northern quay",
    "the school in Marlow",
    "the tariff",
    "the old mill",
    "the power station",
    "the night train",
    "the pipeline",
    "the hospital wing",
    "the fishing quota",
    "the stadium",
    "the airport link",
    "the library",
    "the wind farm",
    "the customs post",
    "the grain store",
    "the water tower",
]
_PREDICATES = [
    "would open in {month} after a delay of {number} weeks",
    "could not be paid for without {number} million crowns",
    "had cost the town more than {number} percent of its budget",
    "must be inspected before {month} {year}",
    "was not safe for the {number} people who use it every day",
    "would be sold to a company from Varnholt",
    "had been closed since {month} {year} because of the flood",
    "will never be built again in this valley",
    "needs a second look by engineers who know the ground",
    "was damaged when {number} lorries crossed it at once",
    "should belong to those who live beside it and repair it",
    "had failed two tests in {month} and passed a third",
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # as in a calendar


def ordinary(size: int, seed: int = 1) -> str:
    """News as newspapers print it: paragraphs of a few sentences, speakers, quotations, dates and numbers."""
    dice = random.Random(seed)
    out: list[str] = []
    length = 0
    while length < size:
        paragraph = " ".join(_sentence(dice) for _ in range(dice.randint(2, 4)))
        out.append(paragraph)
        length += len(paragraph) + 2
    return "\n\n".join(out)[:size]


def _clause(dice: random.Random) -> str:
    predicate = dice.choice(_PREDICATES).format(
        month=dice.choice(_MONTHS), number=dice.randint(2, 900), year=dice.randint(2021, 2031)
    )
    return f"{dice.choice(_SUBJECTS)} {predicate}"


def _sentence(dice: random.Random) -> str:
    name = f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}"
    who = dice.choice((name, dice.choice(_ROLES), f"{name}, {dice.choice(_ROLES)},"))
    verb = dice.choice(_VERBS)
    clause = _clause(dice)
    shape = dice.random()
    capital = clause[0].upper() + clause[1:]
    if shape < 0.3:
        return f"“{capital},” {who.rstrip(',')} {verb.split()[0]}."
    if shape < 0.65:
        return f"{who[0].upper() + who[1:]} {verb} that {clause}."
    return f"{capital}, and {_clause(dice)}."


def repeated(unit: str, joint: str = "") -> Maker:
    """The same words over and over."""
    return lambda size: (unit + joint) * (size // len(unit + joint))


def numbered(form: str) -> Maker:
    """A form filled with ever new numbers."""

    def make(size: int) -> str:
        out: list[str] = []
        length, number = 0, 0
        while length < size:
            out.append(form.format(n=number, a=_letters(number)))
            length += len(out[-1])
            number += 1
        return "".join(out)

    return make


def _letters(number: int) -> str:
    """A number in letters, so that it reads as a word: 0 is "aa"."""
    word = ""
    while True:
        number, rest = divmod(number, 20)
        word = "bcdfghjklmnprstvwxzq"[rest] + "aeiou"[(number + rest) % 5] + word
        if not number:
            return word


def drawn(units: str, seed: int = 3, joint: str = " ") -> Maker:
    """Units, separated by |, drawn by chance."""
    choices = units.split("|")

    def make(size: int) -> str:
        dice = random.Random(seed)
        mean = sum(map(len, choices)) / len(choices) + len(joint)
        return joint.join(dice.choices(choices, k=int(size / mean)))

    return make


def nested(opening: str, closing: str, inside: str = "word ") -> Maker:
    """Half of it opens, half of it closes."""

    def make(size: int) -> str:
        times = size // (len(opening) + len(closing) + len(inside))
        return opening.join([""] + [inside] * times) + closing * times

    return make


_W = "|".join(f"w{number}" for number in range(20))
_WORDS = "river|stone|winter|market|window|garden|silver|corner|letter|summer|the|of|and|to|a|in|not|was"

TEXTS: dict[str, Maker] = {
    # words
    "twenty words": drawn(_W),
    "two letters": repeated("a b "),
    "three words": repeated("the river said "),
    "one word": repeated("stone "),
    "one letter": repeated("a"),
    "one letter apart": repeated("a "),
    "words by chance": drawn(_WORDS),
    "all words new": numbered("{a} "),
    "one sentence": lambda size: ordinary(size).replace(".", ",").replace("\n\n", " "),
    "one sentence no marks": drawn(_WORDS + "|said|that|told"),
    "function words": drawn("the|of|and|to|a|in|that|was|it"),
    "underscores": repeated("_"),
    "underscored words": repeated("a_b_"),
    "apostrophes in words": repeated("a'b'"),
    "hyphens in words": repeated("well-"),
    "dotted initials": repeated("A."),
    "dotted initials apart": repeated("A. "),
    "dotted words": repeated("w.w"),
    # saying
    "said": repeated("said "),
    "that": repeated("that "),
    "said that": repeated("said that "),
    "said, ": repeated("said, "),
    "he said": repeated("he said "),
    "he said.": repeated("He said. "),
    "he said that": repeated("He said that "),
    "he said that he said": lambda size: "He said " + repeated("that he said ")(size - 8) + "no.",
    "according to": repeated("according to "),
    "according to names": numbered("according to {a}, "),
    "said and denied": drawn("said|denied|claimed|that|to|he|it|and|,"),
    "names said": repeated("Orlan said Vessik said "),
    "told": repeated("told her to tell him "),
    "asked whether": repeated("asked whether "),
    "who said": repeated("who said "),
    "the minister who": repeated("the minister who said the minister "),
    "verbs of saying": drawn("said|told|warned|claimed|added|asked|denied|argued|stated|noted|wrote"),
    "said in capitals": repeated("SAID "),
    "colon after said": repeated("Orlan said: "),
    "speaker lines": repeated("ORLAN: We paid.\n"),
    "new speaker lines": numbered("{a}: We paid.\n"),
    "question and answer": repeated("Q: Why?\nA: No.\n"),
    # quotation marks
    "mark at each word": repeated('"word '),
    "marks apart": repeated('" '),
    "marks only": repeated('"'),
    "quoted words": repeated('"word" '),
    "quoted words said": repeated('"We paid," he said. '),
    "opening marks": repeated("“word "),
    "closing marks": repeated("word” "),
    "curly pairs": repeated("“word” "),
    "nested curly": nested("“", "”"),
    "nested two kinds": nested("“‘", "’”"),
    "nested angle": nested("«", "»"),
    "single marks": repeated("'word "),
    "single quoted words": repeated("'word' "),
    "plural possessives": repeated("the leaders' "),
    "single then possessives": lambda size: "'" + repeated("leaders' ")(size - 1),
    "curly apostrophes": repeated("’s "),
    "backticks": repeated("``word''"),
    "marks of all kinds": drawn("\"|“|”|‘|’|«|»|„|'|word|said|,|.", joint=""),
    "open quotation each paragraph": repeated("“We paid the men\n\n"),
    "quotations open and speak": repeated("“We paid, he said.\n"),
    "quotation without end": lambda size: "“" + ordinary(size).replace("“", "").replace("”", ""),
    "one long quotation": lambda size: "Orlan said: “" + drawn(_WORDS)(size) + "”",
    # marks
    "dashes": repeated("-"),
    "long dashes": repeated("—"),
    "dashes apart": repeated("- "),
    "dots": repeated("."),
    "dots apart": repeated(". "),
    "commas": repeated(","),
    "commas apart": repeated(", "),
    "word and comma": repeated("word, "),
    "colons": repeated(":"),
    "semicolons": repeated("; "),
    "questions": repeated("?! "),
    "ellipses": repeated("… "),
    "dots in brackets": repeated("(. . .) "),
    "slashes": repeated("/"),
    "stars": repeated("*"),
    "equals": repeated("="),
    "hashes": repeated("# "),
    "pipes": repeated("|"),
    "at signs": repeated("a@b "),
    "addresses": repeated("http://a.b/c?d=e&f "),
    "mail addresses": numbered("{a}@{a}.org "),
    "emoji": repeated("😀"),
    "emoji apart": repeated("😀 "),
    # brackets
    "opening brackets": repeated("("),
    "closing brackets": repeated(")"),
    "opening squares": repeated("["),
    "nested brackets": nested("(", ")"),
    "nested squares": nested("[", "]"),
    "square words": repeated("[word] "),
    "square dots": repeated("[...] "),
    "less than": repeated("<"),
    "tags": repeated("<b>"),
    "braces": repeated("{}"),
    # white space
    "spaces": lambda size: "word" + " " * size + "word",
    "tabs": lambda size: "word" + "\t" * size + "word",
    "newlines": lambda size: "word" + "\n" * size + "word",
    "spaced newlines": repeated(" \n"),
    "carriage returns": repeated("\r"),
    "word a line": repeated("word\n"),
    "word a paragraph": repeated("word\n\n"),
    "no-break spaces": repeated("\u00a0"),
    "zero-width spaces": repeated("\u200b"),
    "soft hyphens": repeated("w\u00ad"),
    "form feeds": repeated("\f"),
    "line separators": repeated("\u2028"),
    "line and spaces": lambda size: "The river\n" + " " * size + "word",
    "wide gaps": repeated("word" + " " * 200),
    "hyphen at line end": repeated("wo-\nrd "),
    # letters
    "capitals": repeated("A"),
    "capital words": repeated("Orlan "),
    "capital words by chance": drawn("Orlan|Vessik|Tarnow|Helmin|Ostrova|Brandek|Sorval|Kestrin|Mira|Oskar"),
    "all capitals": repeated("RIVER STONE "),
    "new capital words": numbered("{a} ".replace("{a}", "A{a}")),
    "names of the": repeated("the Board of the Ministry of "),
    "titles": repeated("Mr. President Dr. "),
    "combining marks": repeated("e\u0301"),
    "one letter, many marks": lambda size: "e" + "\u0301" * size,
    "mixed marks": drawn("\u0301|\u0327|\u0323|\u0308", joint=""),
    "letters right to left": repeated("\u0634\u0644\u0627\u0645 "),
    "ideographs": repeated("河石"),
    "ideographs with stops": repeated("河石。"),
    "long s": repeated("ſt ß "),
    "bidi marks": repeated("\u202e\u2066"),
    "surrogate pairs": repeated("𝔞𝔟 "),
    # numbers and dates
    "digits": repeated("7"),
    "digits apart": repeated("7 "),
    "digits and commas": repeated("7,"),
    "digits and dots": repeated("7."),
    "thousands": repeated("1,000 "),
    "thousands joined": repeated("000,"),
    "numbers": numbered("{n} "),
    "numbers of things": numbered("{n} percent of {n} men. "),
    "number words": drawn("one|two|three|hundred|thousand|million|and|half"),
    "millions": repeated("million "),
    "hundreds and": repeated("hundred and "),
    "ranges": repeated("5 to 10 to "),
    "fractions": repeated("1/2 "),
    "currency": repeated("$5 "),
    "currency signs": repeated("$"),
    "dates": numbered("On 5 May 2031 the river rose, {n}. "),
    "dates only": repeated("5 May 2031 "),
    "months": repeated("May "),
    "weekdays": repeated("Monday, "),
    "weekdays and spaces": repeated("Monday,      "),
    "iso dates": repeated("2031-05-02 "),
    "times": repeated("10:45 "),
    "years": repeated("2031 "),
    "ordinals": repeated("5th "),
    "roman numbers": repeated("XIV. "),
    "superscripts": repeated("²³"),
    "arabic digits": repeated("\u0661\u0662"),
    # many of a kind
    "many names": numbered("M{a} O{a} spoke. "),
    "many names said": numbered("M{a} O{a} said that it rained. "),
    "many speakers": numbered("“It rained,” said M{a} O{a}. "),
    "one family": numbered("M{a} Orlan said that it rained. "),
    "many ministries": numbered("The Ministry of {a} denied it. "),
    "short names": numbered("M{a} (MO) spoke. "),
    "same line": repeated("The river rose again and the mayor of Tolven said that it was safe.\n"),
    "same sentence": repeated("The mayor of Tolven said that the river was safe. "),
    "same quotation": repeated("“The river is safe,” the mayor said. "),
    "same paragraph": repeated("Mira Orlan said: “The river is not safe, and nobody told us.” She left.\n\n"),
    "he, she and it": repeated("He told her that it was hers. She told him that they knew. "),
    "headlines": repeated("RIVER RISES IN TOLVEN\n"),
    "bylines": repeated("By Mira Orlan\n"),
    "captions": repeated("Photo: Mira Orlan\n"),
    "list items": repeated("- item one\n"),
    "table rows": repeated("a | b | c\n"),
    "read also": repeated("READ: The river rises\n"),
    "denials": numbered("M{a} Orlan denied that Oskar Vessik had paid. "),
    "accusations": numbered("M{a} Orlan accused Oskar Vessik of theft. Vessik denied it. "),
    "conditions": repeated("if it rains, unless it snows, "),
    "negations": repeated("not never no "),
    "hedges": repeated("may perhaps almost "),
    "who and which": repeated("which, who, that, "),
    "and": repeated("and "),
    "but": repeated(", but "),
    "of the": repeated("of the "),
    "in the": repeated("in Tolven in the "),
}
