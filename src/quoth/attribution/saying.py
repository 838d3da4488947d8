"""Whether an attribution is a statement, or tells what somebody thinks, wants, does or is expected to do.

What is said, written, published or signalled is a statement. It is decided by what the cue word does (a class of
`lexicon/verbs.csv`), by what its content is made of (quoted words, a clause, an infinitive, a noun that stands for a
clause, a thing), and by the frame: a passive without a speaker, a negation, a question whether it was said at all.
"""

from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import lru_cache

from quoth.attribution.cue_tables import class_of, classes, done_by, inflected, nouns, verbs
from quoth.attribution.cues import negated
from quoth.attribution.sentence_view import Token
from quoth.attribution.token_predicates import is_finite, is_in, low, touched
from quoth.doc.name_tables import words as names
from quoth.doc.quotations import Quotation
from quoth.doc.source_types import Noun, SourceKind, describe, kind_of
from quoth.types import Act, Span, Statement

QUOTED_WORDS = 4  # from which words in quotation marks are a quotation; fewer may be a name, a title, a scare quote
_QUOTED = 3  # words in quotation marks from which a thought was said: she sees her team “in free fall”
_NOMINAL = 3  # words of a phrase around a noun that stands for a clause: "the loss of the mill"
_UNSAID = 3  # tokens before a speaker among which "whether" asks if anything was said at all
#: Endings of nouns that name persons by what they do.
_OF_PERSONS = ("er", "or", "ist", "ian", "man", "ant", "ent", "ee", "ot", "ete")
_ARTICLES = ("the ", "a ", "an ", "this ", "that ", "its ", "these ", "those ")
_ENDINGS = ("tion", "sion", "ment", "ance", "ence", "tions", "sions", "ments", "ances", "ences", "ure", "ures", "ship")


class Form(IntEnum):
    """What a content is made of, from the least to the most that it says."""

    THING = 0
    NOMINAL = 1
    PHRASE = 2
    CLAUSE = 3
    QUOTATION = 4


#: The least that a content must say for the cue to report it, by what the cue word does.
_LEAST = {
    "speech": Form.NOMINAL,
    "judgement": Form.NOMINAL,
    "naming": Form.NOMINAL,
    "show": Form.CLAUSE,
    "topic": Form.CLAUSE,
}

#: Words that say of something what it is: "described the sacking as political".
_DESCRIBING = frozenset(
    form
    for lemma in ("describe", "denounce", "condemn", "portray", "dismiss", "characterise", "characterize", "deride")
    for form in inflected(lemma, [])
)
#: Words before what is spoken of: "testified about the pier", not "said about 140 people came".
_OF_TOPICS = frozenset(("about", "on", "over", "regarding"))
#: Acts whose objects are taken for facts: that they are so is denied, confirmed, promised.
_OF_FACTS = frozenset((Act.CONFIRM, Act.DENY, Act.REJECT, Act.PROMISE))


def is_statement(
    text: str, statement: Statement, tokens_at: Callable[[Span], Sequence[Token]], outermost: Sequence[Quotation]
) -> bool:
    """Whether something was said, written, published or signalled.

    Args:
        text: the document's text.
        statement: an attribution that was found in it.
        tokens_at: gives the tokens of the line that a span stands in.
        outermost: the outermost quotations that meet its content.
    """
    quoted = _quoted_words(text, statement, outermost)
    if quoted >= _QUOTED or not statement.cue:
        return True
    tokens = tokens_at(statement.cue[0])
    numbers = touched(tokens, statement.cue)
    head = _head(tokens, numbers)
    if head is None:
        marks = all(tokens[number].mark for number in numbers)
        return marks or any(tokens[number].low in {"according", "per"} for number in numbers)
    if _is_unsaid(tokens, statement, numbers, head):
        return False
    does = _done(tokens, numbers, head)
    form = Form.QUOTATION if quoted else form_of(tokens_at(statement.content[0]), statement, does, tokens[head])
    if form is Form.CLAUSE and does not in _LEAST and _is_document(tokens, statement.source):
        return True  # "the report found that ..."
    if not statement.source:
        borne = form >= Form.CLAUSE or (form is Form.PHRASE and statement.act is Act.ACCUSE)
    else:  # "the climb demands patience and care"
        borne = form >= Form.CLAUSE or not (is_in(tokens, head, "of_things") and _is_thing(text, statement.source))
    return borne and does in _LEAST and form >= _LEAST[does]


def _quoted_words(text: str, statement: Statement, outermost: Sequence[Quotation]) -> int:
    """How many words of a content stand in quotation marks and are no title; they are counted as far as needed."""
    count = 0
    for span in statement.content:
        for one in outermost:
            if one.outer.meets(span) and not is_title(text, one):
                count += len(text[max(one.inner.start, span.start) : min(one.inner.end, span.end)].split())
            if count >= _QUOTED:
                return count
    return count


def is_title(text: str, one: Quotation) -> bool:
    """Whether a quotation is the title of a work, or a name that is given."""
    return _names_a_work(one.inner.of(text)) or _named_before(text, one)


def _named_before(text: str, one: Quotation) -> bool:
    """Whether the word before a quotation says that it is a name."""
    before = text[max(0, one.outer.start - 20) : one.outer.start].casefold().split()
    return bool(before) and before[-1] in class_of("naming", "name_words")


@lru_cache(maxsize=256)
def _names_a_work(words: str) -> bool:
    """Whether words are written as a title is: with capitals, but for the words that join."""
    if len(words.split()) < _NOMINAL or words.isupper() or words.endswith(("!", "?")):
        return False
    joining = class_of("determiners", "prepositions", "conjunctions")
    return all(word.strip(",;:") in joining for word in words.split() if word[:1].islower())


def _head(tokens: Sequence[Token], numbers: Sequence[int]) -> int | None:
    """The cue word: the last verb of saying in a cue, or else its noun, or else another word that the tables know."""
    for table in (verbs(), nouns(), done_by()):
        for number in reversed(numbers):
            if tokens[number].low in table:
                return number
    return None


def _frames(token: Token) -> frozenset[str]:
    """The complements that a verb of saying takes; that of an object for what is no verb."""
    form = verbs().get(token.low)
    return form.word.frames if form is not None else frozenset("" if token.low in {"according", "per"} else "n")


def _done(tokens: Sequence[Token], numbers: Sequence[int], head: int) -> str:
    """What is done by a cue: by its head, or, where that is what somebody feels, by the verb that gives voice to it."""
    if f"{tokens[head].low}_{low(tokens, head + 1)}" in classes()["undone"]:
        return "act"  # "backed down on the ban"
    does = done_by().get(tokens[head].low, "act")
    if tokens[head].low != "according" and any(_is_infinitive(tokens, number) for number in numbers if number > head):
        return "act"  # "continued to shun"
    if does == "plan" and low(tokens, head + 1) == "to" and is_in(tokens, head, "offering"):
        return "speech"
    if does == "plan" and is_in(tokens, head, "refusing") and _is_stance(tokens, head + 1):
        return "speech"  # "refused to resign": what is done by saying so is refused by saying so
    if does != "attitude":
        return does
    voiced = (done_by().get(tokens[number].low) for number in numbers if number < head)
    return next((one for one in voiced if one in {"speech", "judgement", "topic"}), does)


def _is_stance(tokens: Sequence[Token], place: int) -> bool:
    """Whether "to" and something that is done by saying so stand at a place: "to resign", "to rule out"."""
    words = f"{low(tokens, place + 1)}_{low(tokens, place + 2)}"
    stances = classes()["stances"]
    return low(tokens, place) == "to" and (words in stances or words.partition("_")[0] in stances)


def _is_thing(text: str, source: Sequence[Span]) -> bool:
    """Whether the words for a speaker name what does not speak, as far as their chief noun tells: "the clouds"."""
    words = " ".join(span.of(text) for span in source)
    named = any(word[:1].isupper() for word in words.split()[1:])
    if not words.casefold().startswith(_ARTICLES) or named or kind_of(words) is not SourceKind.DESCRIBED:
        return False
    described = describe(words)
    if not described.head or described.noun is not Noun.OTHER or described.head.endswith(_OF_PERSONS):
        return False
    return described.head not in names().occupations | names().titles


def _is_document(tokens: Sequence[Token], source: Sequence[Span]) -> bool:
    """Whether the words that name a speaker name a document: "reports last month", "the survey"."""
    documents = class_of("document_nouns", "findings")
    return any(tokens[number].low in documents for number in touched(tokens, source))


def _is_unsaid(tokens: Sequence[Token], statement: Statement, numbers: Sequence[int], head: int) -> bool:
    """Whether it is only told that something was not said, or by nobody, or asked whether it was."""
    named = touched(tokens, statement.source)
    nobody = bool(named) and low(tokens, named[0]) == "no" and not low(tokens, named[0] + 1)[:1].isdigit()
    if nobody or (statement.act not in {Act.DENY, Act.REJECT} and negated(tokens, numbers[0], head)):
        return True  # "no minister has suggested selling the bell"
    if low(tokens, head - 1) == "to" and is_in(tokens, head - 2, "objects"):
        return True  # "had summoned him to explain"
    first = min([*named, numbers[0]])
    said = touched(tokens, statement.content)
    asked = (number for number in range(max(0, first - _UNSAID), first) if number not in said)
    if any(low(tokens, number) in {"whether", "if"} for number in asked):
        return True
    if any(is_in(tokens, number, "refusing", "avoiding") for number in numbers if number < head):
        return True
    form = verbs().get(tokens[head].low)
    if form is None or form.kind not in {"past", "participle"} or form.word.lemma in classes()["charging"]:
        return False
    passive = any(is_in(tokens, number, "be") for number in numbers if number < head)
    by = named and (low(tokens, named[0] - 1) in {"by", "from"} or is_in(tokens, named[0], "relatives"))
    opens = numbers[0] == 0 or is_in(tokens, numbers[0] - 1, "subordinators")  # "Asked whether ...", "when asked if"
    return passive and not by if named else passive or opens


def form_of(tokens: Sequence[Token], statement: Statement, does: str, cue: Token) -> Form:
    """What a content without quotation marks is made of.

    Args:
        tokens: those of the line in which it begins.
        statement: whose content it is.
        does: what is done by its cue.
        cue: the cue word.
    """
    numbers = [number for number in touched(tokens, statement.content) if not tokens[number].mark]
    if not numbers:
        return Form.CLAUSE  # it stands in a line of its own
    first, words = numbers[0], len(numbers)
    if words == 1 or (tokens[first].low in _OF_TOPICS and not low(tokens, first + 1).isdigit()):
        return Form.THING
    if tokens[first].low == "that" or is_in(tokens, first, "questions"):
        return Form.CLAUSE if words >= _NOMINAL else Form.THING
    if _has_verb(tokens, numbers):
        return Form.CLAUSE
    if any(_is_verbal(tokens, number, first) for number in numbers):
        return Form.PHRASE
    return _form_of_phrase(tokens, statement, numbers, does, cue)


def _has_verb(tokens: Sequence[Token], numbers: Sequence[int]) -> bool:
    """Whether words have a verb of their own: "the tornadoes that swept through" have none."""
    infinitive = next((n for n in numbers if _is_infinitive(tokens, n)), numbers[-1])
    finite = [n for n in numbers[1:] if n <= infinitive and _is_finite(tokens, n) and not _is_finite(tokens, n - 1)]
    relatives = sum(is_in(tokens, n, "relatives") or tokens[n].low == "that" for n in numbers[1:] if n < infinitive)
    return len(finite) > relatives


def _form_of_phrase(
    tokens: Sequence[Token], statement: Statement, numbers: Sequence[int], does: str, cue: Token
) -> Form:
    """What words without a verb are: what is said all the same, a noun that stands for a clause, or a thing."""
    if does == "speech" and len(numbers) >= _NOMINAL and "n" not in _frames(cue):
        return Form.CLAUSE  # what is said, and no object of a verb: its verb was not seen
    if cue.low in class_of("light") and tokens[numbers[0]].low in classes()["feelings"]:
        return Form.CLAUSE  # "expressed regret over the sinking"
    if cue.low in _DESCRIBING and any(tokens[number].low == "as" for number in numbers[1:-1]):
        return Form.NOMINAL  # "described the sacking as political"
    if does == "naming" and statement.act is not Act.DEMAND:
        known = any(tokens[number].low in nouns() for number in numbers[:-1])  # "called the claim baseless"
        nominal = len(numbers) >= QUOTED_WORDS or known  # "called the bridge a waste"
    elif does == "speech" and statement.act in _OF_FACTS and len(numbers) >= _NOMINAL:
        # "acknowledged their long fight", not "acknowledged the crowd with a bow"
        nominal = describe(_chief(tokens, numbers)).noun not in {Noun.PERSON, Noun.GROUP}
    else:  # "warned of its cost", "a call for a moratorium"
        nominal = statement.act in {Act.WARN, Act.DEMAND} or _stands_for_clause(tokens, numbers[0], statement)
    return Form.NOMINAL if nominal else Form.THING


def _chief(tokens: Sequence[Token], numbers: Sequence[int]) -> str:
    """The words of a phrase before its first preposition: "the crowd" of "the crowd with a bow"."""
    end = next((number for number in numbers[1:] if is_in(tokens, number, "prepositions")), numbers[-1] + 1)
    return " ".join(tokens[number].low for number in numbers if number < end)


def _is_finite(tokens: Sequence[Token], number: int) -> bool:
    """Whether a word is likely the verb of a clause, in a headline in title case, too."""
    if is_in(tokens, number, "plural_nouns"):
        return False  # "the attacks in Tarn Bay"
    return is_finite(tokens, number) or (tokens[number].title and is_in(tokens, number, "auxiliaries", "verbs"))


def _is_infinitive(tokens: Sequence[Token], number: int) -> bool:
    after = low(tokens, number + 1)
    if tokens[number].low != "to" or not after.isalpha() or after.endswith("s"):
        return False
    if after.endswith("ing") and any(letter in "aeiouy" for letter in after[:-3]):
        return False  # "admitted to having lied"
    if tokens[number + 1].title and not tokens[number].title:
        return False
    return not is_in(tokens, number + 1, "determiners", "pronouns")


def _is_verbal(tokens: Sequence[Token], number: int, first: int) -> bool:
    """Whether an infinitive or a form in -ing begins here: "to pay", "(of) hiding", "as a folly"."""
    if _is_infinitive(tokens, number):
        return True
    if tokens[number].low == "as":
        return number > first and bool(low(tokens, number + 1))
    return (
        tokens[number].low.endswith("ing")
        and not tokens[number].title
        and (number == first or is_in(tokens, number - 1, "prepositions"))
    )


def _stands_for_clause(tokens: Sequence[Token], first: int, statement: Statement) -> bool:
    """Whether the noun that a phrase is about stands for what is done or happens: "the closure of the mill"."""
    last = first
    end = statement.content[0].end
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].start < end
        and not (
            (tokens[last + 1].mark and low(tokens, last + 1) not in {"-", "'", "’"})
            or low(tokens, last + 1) == "that"
            or is_in(tokens, last + 1, "prepositions", "relatives", "conjunctions")
        )
    ):
        last += 1
    word = tokens[last].low
    numbers = touched(tokens, statement.content)
    words = len(numbers)
    if statement.act is Act.ACCUSE and any(tokens[number].low == "for" and number > first for number in numbers):
        return True  # "attacked the mayor for her tax"
    if word.endswith("ing") and low(tokens, last + 1) == "of" and is_in(tokens, first, "determiners"):
        return True  # "the shelling of the harbour"
    every = tokens[first].low in {"any", "all", "every"}
    if (word in nouns() or every) and words > 1 and statement.act in {Act.DENY, Act.REJECT, Act.CONFIRM}:
        return True  # "rejected such claims", "denied any wrongdoing"
    return words >= _NOMINAL and (word.endswith(_ENDINGS) or word in classes()["happenings"] or word in nouns())
