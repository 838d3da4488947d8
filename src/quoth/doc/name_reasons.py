"""What a comparison of two names answers: same, different or unsure, a score, and the reason."""

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """Whether two names name one, as far as the names alone can tell."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Reason(StrEnum):
    """Why two names may be one, or why not."""

    SAME = "same name"
    ALIAS = "known by both names"
    WORDS = "same words in another order"
    ACRONYM = "acronym"
    TRANSLITERATION = "one name in two scripts or ways of writing it in Latin letters"
    TRANSLATION = "one name in other words or another language"
    NICKNAME = "short form of a first name"
    MIDDLE = "middle name left out"
    SECOND_SURNAME = "second surname left out"
    INITIALS = "all initials fit"
    INITIAL = "initial for a first name"
    SHORT_FORM = "shorter form of the name"
    SPELLING = "spelling variant"
    SURNAME = "surname only"
    GIVEN = "first name only"
    COMMON = "a name that many bear"
    GENERATION_LEFT_OUT = "Jr., Sr. or a number in one name only"
    COUNTRY_LEFT_OUT = "which country's is told in one name only"
    METONYM = "a seat of government, or the government"
    OTHER_ACRONYM = "the acronym stands for others as well"
    DIFFERENT = "different names"
    COUNTRIES = "bodies of two countries"
    GENERATIONS = "two of one family"
    MIDDLE_NAMES = "other middle names"
    FIRST_NAMES = "other first names"
    GENDERS = "a woman and a man"
    TWIN = "a word that tells two bodies apart"


#: How safe it is to take two names for one, by the reason; ordered, no probabilities.
SCORES = {
    Reason.SAME: 1.0,
    Reason.ALIAS: 0.95,
    Reason.WORDS: 0.95,
    Reason.TRANSLITERATION: 0.9,
    Reason.TRANSLATION: 0.9,
    Reason.NICKNAME: 0.9,
    Reason.MIDDLE: 0.9,
    Reason.SECOND_SURNAME: 0.85,
    Reason.INITIALS: 0.85,
    Reason.ACRONYM: 0.9,
    Reason.INITIAL: 0.85,
    Reason.SPELLING: 0.8,
    Reason.SHORT_FORM: 0.75,
    Reason.SURNAME: 0.7,
    Reason.GIVEN: 0.6,
}
#: Reasons that settle it between documents that have nothing to do with each other.
_CERTAIN = frozenset(
    {
        Reason.SAME,
        Reason.ALIAS,
        Reason.WORDS,
        Reason.ACRONYM,
        Reason.TRANSLITERATION,
        Reason.TRANSLATION,
        Reason.NICKNAME,
        Reason.MIDDLE,
        Reason.SECOND_SURNAME,
        Reason.INITIALS,
    }
)
#: Reasons that keep two names apart wherever they stand.
APART = frozenset(
    {
        Reason.DIFFERENT,
        Reason.COUNTRIES,
        Reason.GENERATIONS,
        Reason.MIDDLE_NAMES,
        Reason.FIRST_NAMES,
        Reason.GENDERS,
        Reason.TWIN,
    }
)
_DOUBT = 0.6  # of its score, for a reason that settles nothing by itself
_LEAST_DOUBT = 0.3


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two names are names of one (0 to 1, ordered by safety), and why."""

    score: float
    reason: Reason

    @property
    def label(self) -> Label:
        """What the names alone tell, without knowing that both stand in one set of documents."""
        if self.reason in _CERTAIN:
            return Label.SAME
        return Label.DIFFERENT if self.reason in APART else Label.UNSURE


def likeness(reason: Reason) -> Likeness:
    """A likeness between unrelated documents: what settles nothing scores below what does."""
    certain = reason in _CERTAIN
    score = SCORES.get(reason, 0.0)
    if not certain and reason not in APART:
        score = max(_LEAST_DOUBT, _DOUBT * score)
    return Likeness(score, reason)
