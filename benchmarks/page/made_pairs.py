"""Made-up pairs of a report and its source with as many quotations as one likes, of every fate that a quotation has.

`python benchmarks/page/made_pairs.py FOLDER` writes the pairs of 60 and 300 that issue figures are measured on.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

WHO = ("The minister", "The bridges", "Our engineers", "The southern depots", "These ferries", "The toll houses",
       "The night crews", "Our inspectors", "The river pilots", "The lock keepers")  # fmt: skip
DOES = ("will reach", "have repaired", "are going to close", "cost", "served", "can carry", "have lost", "will train",
        "counted", "may need")  # fmt: skip
WHAT = ("barges", "crossings", "workers", "lanterns", "wagons", "families", "pumps", "timber rafts", "gauges", "boats")
WHERE = ("along the Ostra", "below the old weir", "in the harbour of Lunde", "between Tarn and Velm",
         "at the mill race", "on the eastern bank", "behind the flood wall", "near the customs shed")  # fmt: skip
WHEN = ("before the thaw", "since the flood", "by the end of March", "in every season", "within two years",
        "after the last audit", "until the dam is dry", "on most market days")  # fmt: skip
TAIL = ("and nobody in the valley was asked to wait", "although the council had doubted it in writing",
        "which is more than any earlier board had hoped for", "and the log books show each of them",
        "so that the mills could grind through the winter", "because the ice came early that year")  # fmt: skip
FREE = ("that work of this sort was well under way", "that the valley had every reason for patience",
        "that the board had done what it could")  # fmt: skip
OTHERS = ("Fisherman Jon Aster", "Councillor Ida Brenn", "Miller Tomas Quell", "Pilot Rana Osk")
SPEAKER = "Edda Varn"
FILLING = 3  # sentences of the source between two that the report quotes, for each report


def pair(quotations: int, words: int = 0, seed: int = 1) -> tuple[str, str]:
    """The texts of a report and of its source.

    Args:
        quotations: how many the report has.
        words: how many both texts have at least; the source is filled up.
        seed: another one gives other texts.
    """
    chance = random.Random(seed)
    said = list(_sentences(chance, quotations * 4))
    report = ["Valley board answers its critics", "The Velm Herald, 4 May 2032"]
    source = ["Speech of Edda Varn, chair of the Valley Board", "3 May 2032"]
    for number in range(quotations):
        sentence = said[number * 4]
        source.append(" ".join([sentence, *said[number * 4 + 1 : number * 4 + 1 + FILLING]]))
        report.append(_reported(sentence, number, chance))
    short = words - sum(len(part.split()) for part in (*report, *source))
    more = _sentences(chance, short)
    while short > 0:
        paragraph = " ".join(next(more) for _ in range(FILLING))
        source.append(paragraph)
        short -= len(paragraph.split())
    return "\n\n".join(report) + "\n", "\n\n".join(source) + "\n"


def _sentences(chance: random.Random, most: int) -> Iterator[str]:
    for _ in range(max(most, 1)):
        number = chance.randint(12, 980)
        yield (
            f"{chance.choice(WHO)} {chance.choice(DOES)} {number} {chance.choice(WHAT)} {chance.choice(WHERE)} "
            f"{chance.choice(WHEN)}, {chance.choice(TAIL)}."
        )


def _reported(sentence: str, number: int, chance: random.Random) -> str:
    """A paragraph of the report; of ten quotations four are word for word, and six have each another fate."""
    digits = next(word for word in sentence.split() if word.isdigit())
    head, tail = sentence.rsplit(", ", 1)
    tenth = number // 10
    fates = (
        f"“{sentence.replace(digits, f'almost {digits}')[:-1]},” {SPEAKER} said.",
        f"{SPEAKER} said: “{sentence.replace(digits, str(int(digits) + 3))}”",
        f"{SPEAKER} added: “{' '.join(head.split()[:6])} … {tail}”",
        f"“I have waited {tenth % 7 + 2} years for a new boat,” said {OTHERS[tenth % len(OTHERS)]}.",
        f"{SPEAKER} said {FREE[tenth % len(FREE)]} {chance.choice(WHERE)}.",
        f"“We shall burn every ledger {chance.choice(WHERE)} if {chance.choice(WHAT)} ask,” {SPEAKER} said.",
    )
    return fates[number % 10] if number % 10 < len(fates) else f"“{sentence[:-1]},” {SPEAKER} said."


if __name__ == "__main__":
    for quotations, words in ((60, 0), (300, 30_000)):
        folder = Path(sys.argv[1]) / f"made-{quotations}"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in zip(("report.txt", "source.txt"), pair(quotations, words), strict=True):
            (folder / name).write_text(text, encoding="utf-8")
            print(folder / name, len(text.split()), "words")
