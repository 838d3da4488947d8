"""Every quotation of four words and more is found whole, in one statement, with or without a cue beside it."""

import pytest

from quoth.attribution import attribute
from quoth.models.ports import Tagger
from quoth.types import Document

LONG = " ".join(f"The {number} boats of the harbour came home before the storm and stayed." for number in range(1, 51))

#: A text, and its quotations: what each statement holds in marks, its parts joined by " | ", and the words that name
#: its speaker ("" where nobody is named, None where it is open).
FORMS = [
    ("“We will mend the pier” – with these words Mira Orla left.", [("We will mend the pier", "Mira Orla")]),
    ("“We will mend the pier” were the first words of Mira Orla.", [("We will mend the pier", "Mira Orla")]),
    ("For the baker Mira Orla it is over. “We will mend the pier.”", [("We will mend the pier.", "Mira Orla")]),
    (
        "“We will mend the pier, whatever comes.”\n— Mira Orla",
        [("We will mend the pier, whatever comes.", "Mira Orla")],
    ),
    ("“We will mend the pier,” Mira Orla said.", [("We will mend the pier,", "Mira Orla")]),
    ("“We will mend the pier,” said Mira Orla, the mayor.", [("We will mend the pier,", "Mira Orla, the mayor")]),
    ("Mira Orla said: “We will mend the pier.”", [("We will mend the pier.", "Mira Orla")]),
    ("Mira Orla said, “We will mend the pier.”", [("We will mend the pier.", "Mira Orla")]),
    ("Mira Orla told the wire that “we will mend the pier”.", [("we will mend the pier", "Mira Orla")]),
    ("According to Mira Orla, “we will mend the pier”.", [("we will mend the pier", "Mira Orla")]),
    ("“We will mend the pier,” Orla said. “It is ours.”", [("We will mend the pier, | It is ours.", "Orla")]),
    ("“If it rains,” Orla said, “we will stay at home.”", [("If it rains, | we will stay at home.", "Orla")]),
    ("“If it rains,” Orla said, smiling, “we will stay at home.”", [("If it rains, | we will stay at home.", "Orla")]),
    (
        "“We will mend the pier,” Orla told Harbour Radio on Monday. “It is the pride of Sele.”",
        [("We will mend the pier, | It is the pride of Sele.", "Orla")],
    ),
    (
        "“We will mend the pier,” Orla said.\n\n“It is the pride of Sele.”",
        [("We will mend the pier,", "Orla"), ("It is the pride of Sele.", "Orla")],
    ),
    (
        "“We will mend the pier,” Orla said.\n\n“It is the pride of Sele,” she added.",
        [("We will mend the pier,", "Orla"), ("It is the pride of Sele,", "she")],
    ),
    (
        "“We will mend the pier,” Orla said. “It is the pride of Sele.\n\n“Nobody will take it from us.”",
        [("We will mend the pier, | It is the pride of Sele. | Nobody will take it from us.", "Orla")],
    ),
    (
        "Orla said: “We will mend the pier.\n\n“It is the pride of Sele.\n\n“Nobody will take it from us.”",
        [("We will mend the pier. | It is the pride of Sele. | Nobody will take it from us.", "Orla")],
    ),
    (
        '"We will mend the pier.\n\n"It is the pride of Sele.\n\n"Nobody will take it from us," Orla said.',
        [("We will mend the pier. | It is the pride of Sele. | Nobody will take it from us,", "Orla")],
    ),
    (
        "Mira Orla spoke last.\n\n“We will mend the pier, whatever it costs.”\n\nThen it rained.",
        [("We will mend the pier, whatever it costs.", "Mira Orla")],
    ),
    (
        "Mira Orla was blunt:\n\n“We will mend the pier, whatever it costs.”",
        [("We will mend the pier, whatever it costs.", "Mira Orla")],
    ),
    (
        "Mira Orla was blunt.\n\n“We will mend the pier, whatever it costs.”",
        [("We will mend the pier, whatever it costs.", "Mira Orla")],
    ),
    (
        "And from Mira Orla:\n\n“We will mend the pier, whatever it costs.”",
        [("We will mend the pier, whatever it costs.", "Mira Orla")],
    ),
    (
        "A statement from Mira Orla:\n\n“We will mend the pier, whatever it costs.”",
        [("We will mend the pier, whatever it costs.", "Mira Orla")],
    ),
    (
        "Reaction from Mira Orla –\n\n“We will mend the pier, whatever it costs.”",
        [("We will mend the pier, whatever it costs.", "Mira Orla")],
    ),
    (
        "Mira Orla on the pier:\n\n“We will mend the pier, whatever it costs.”",
        [("We will mend the pier, whatever it costs.", "Mira Orla")],
    ),
    (
        "From Mira Orla's post:\n\n“We will mend the pier, whatever it costs.”",
        [("We will mend the pier, whatever it costs.", None)],
    ),
    (
        "Mira Orla had this to say.\n\n“We will mend the pier, whatever it costs.”",
        [("We will mend the pier, whatever it costs.", "Mira Orla")],
    ),
    (
        "Then it was the turn of Mira Orla.\n\n“We will mend the pier, whatever it costs.”",
        [("We will mend the pier, whatever it costs.", "Mira Orla")],
    ),
    ("Mira Orla shook her head. “We will mend the pier.”", [("We will mend the pier.", "Mira Orla")]),
    ("Mira Orla smiled. “We will mend the pier.” Then she left.", [("We will mend the pier.", "Mira Orla")]),
    ("Mira Orla said she was tired. “We have mended it twice.”", [("We have mended it twice.", "Mira Orla")]),
    ("Mira Orla, mayor of Sele: “We will mend the pier.”", [("We will mend the pier.", "Mira Orla, mayor of Sele")]),
    ("“We will mend the pier.” – Mira Orla, mayor of Sele", [("We will mend the pier.", "Mira Orla, mayor of Sele")]),
    ("It rained all day. “We will mend the pier.” – Mira Orla", [("We will mend the pier.", "Mira Orla")]),
    ("“We will mend the pier.”\n\n– Mira Orla, mayor", [("We will mend the pier.", None)]),
    ('“We will mend the pier," Orla said.', [("We will mend the pier,", "Orla")]),
    ('"We will mend the pier,” Orla said.', [("We will mend the pier,", "Orla")]),
    (
        '"We will mend the pier," Orla said. “It is the pride of Sele, and we know it.”',
        [("We will mend the pier, | It is the pride of Sele, and we know it.", "Orla")],
    ),
    ("'We don't sell the crews' pier to anybody,' Orla said.", [("We don't sell the crews' pier to anybody,", "Orla")]),
    ("‘We don’t sell the pier to anybody,’ Orla said.", [("We don’t sell the pier to anybody,", "Orla")]),
    ("«We will mend the pier», Orla said.", [("We will mend the pier", "Orla")]),
    ("„We will mend the pier“, Orla said.", [("We will mend the pier", "Orla")]),
    ("``We will mend the pier,'' Orla said.", [("We will mend the pier,", "Orla")]),
    (
        "“My mother said, ‘You will mend the pier one day,’ and I laughed,” Orla said.",
        [
            ("My mother said, ‘You will mend the pier one day,’ and I laughed,", "Orla"),
            ("You will mend the pier one day,", "My mother"),
        ],
    ),
    (
        "Orla said her father \"told me, 'You will mend the pier one day.'\"",
        [("told me, 'You will mend the pier one day.'", "Orla"), ("You will mend the pier one day.", None)],
    ),
    ("“Is the pier safe now?” Orla asked.", [("Is the pier safe now?", "Orla")]),
    ("“The pier is shut!” Orla cried. Nobody heard.", [("The pier is shut!", "Orla")]),
    ("“The pier is safe and shut,” Orla said, and “I am glad.”", [("The pier is safe and shut, | I am glad.", "Orla")]),
    ("Orla said: “" + LONG + "”", [(LONG, "Orla")]),
    ("“" + LONG + "” Orla said.", [(LONG, "Orla")]),
    (
        "Dune, who built it, disagreed. “No pier of mine has ever sunk.”",
        [("No pier of mine has ever sunk.", "Dune")],
    ),
    (
        "“The pier is old and tired,” Orla said.\n\n“The pier is as good as new,” Dune said.",
        [("The pier is old and tired,", "Orla"), ("The pier is as good as new,", "Dune")],
    ),
    (
        "“The pier is old and tired,” Orla said. “The pier is as good as new,” Dune said.",
        [("The pier is old and tired,", "Orla"), ("The pier is as good as new,", "Dune")],
    ),
    (
        "Orla called the plan “a gift to the crews of Sele”.",
        [("a gift to the crews of Sele", "Orla")],
    ),
    ("The letter said the pier was “a danger to all who fish”.", [("a danger to all who fish", "The letter")]),
    (
        "ORLA: “We will mend the pier.”\n\nDUNE: “You will do no such thing.”\n\nORLA: “Watch me do it, then.”",
        [("We will mend the pier.", "ORLA"), ("You will do no such thing.", "DUNE"), ("Watch me do it, then.", "ORLA")],
    ),
    ("Orla: The Pier Is Safe\n\n“The pier is safe and sound,” Orla said.", [("The pier is safe and sound,", "Orla")]),
    (
        "Asked about the pier, Orla did not hesitate. “It is the pride of Sele.”",
        [("It is the pride of Sele.", "Orla")],
    ),
    (
        "It was a cold night in Sele.\n\n“We sat on the pier and sang,” Orla recalled.\n\nThe boats were gone.",
        [("We sat on the pier and sang,", "Orla")],
    ),
    (
        "“We sat on the pier and sang.” Orla is ninety. “Nobody sings there now.”",
        [("We sat on the pier and sang.", None), ("Nobody sings there now.", None)],
    ),
    ("Orla wrote on her page that “the pier will not be sold”.", [("the pier will not be sold", "Orla")]),
    ("The sign on the gate, “No boats after eight o'clock”, has gone.", [("No boats after eight o'clock", None)]),
    (
        "“We will mend it,” Orla said of the pier in a talk with Harbour Radio on Tuesday. “It was a great pier.”",
        [("We will mend it, | It was a great pier.", "Orla")],
    ),
]


def in_marks(text: str, statements) -> list[tuple[str, str]]:
    """Of every statement what of it stands in marks, its parts joined, and its speaker's words."""
    found = []
    for one in statements:
        parts = []
        for span in one.content:
            words = span.of(text)
            opening = min((at for at in map(words.find, "“\"‘'«„`") if at >= 0), default=-1)
            if opening >= 0:
                parts.append(words[opening:].strip("“”\"'‘’«»„`"))
        if parts:
            found.append((" | ".join(parts), " ".join(span.of(text) for span in one.source)))
    return found


def bare(words: str) -> str:
    return words.strip("“”\"'‘’«»„`")


@pytest.mark.parametrize(("text", "quotations"), FORMS, ids=[text[:70] for text, _ in FORMS])
def test_every_quotation_is_whole_and_in_one_statement(tagger: Tagger | None, text, quotations):
    found = in_marks(text, attribute(Document("d", text, ""), tagger))
    assert [words for words, _ in found] == [bare(words) for words, _ in quotations]
    for (_, said), (_, speaker) in zip(found, quotations, strict=True):
        assert speaker is None or said.removesuffix(",") == speaker


@pytest.mark.parametrize(
    "text",
    [
        "She had read “The Pier at the End” twice.",
        "He goes by the name “the Gull of the North”.",
        "The boat, named “Queen of all the Bays”, sank.",
        "The film “A Night on the Pier” won.",
    ],
)
def test_titles_and_names_are_no_quotations(tagger: Tagger | None, text: str):
    assert in_marks(text, attribute(Document("d", text, ""), tagger)) == []
