"""What a line is, told by its own words."""

import pytest

from quoth.reading import boilerplate
from quoth.types import Span


def whole(text: str) -> tuple[str, Span]:
    return text, Span(0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "The pier at dusk. [Photo by M. Coll/Seaboard Agency]",
        "The pier at dusk. (AP Photo/Ana Ruhl)",
        "The pier at dusk. (Ana Ruhl/AFP/Getty Images)",
        "The pier at dusk. Image: M. Coll.",
        "Photo: M. Coll",
        "FILE PHOTO: The commander speaks in Port Estmark",
        "FILE - In this May 2, 2031 photo, the commander speaks.",
        "In this photo released by the ministry, a ferry leaves.",
        "Ana Ruhl / Reuters",
        "Getty Images",
    ],
)
def test_a_caption_or_credit_is_known(text: str) -> None:
    assert boilerplate.caption(*whole(text))


@pytest.mark.parametrize(
    "text",
    [
        "The image of the ministry has suffered, the minister said.",
        "He showed a photo of the pier to the court (it was never published).",
        "The poll (Seaboard/Gazette) found that most people like the ferry.",
        "“A picture is worth a thousand words,” he said.",
        "The minister said: Image matters.",
    ],
)
def test_a_sentence_about_pictures_is_no_caption(text: str) -> None:
    assert not boilerplate.caption(*whole(text))


@pytest.mark.parametrize(
    "text",
    [
        "READ: Estmark closes its harbour",
        "READ MORE: Estmark closes its harbour",
        "Also read | Estmark closes its harbour",
        "Read also: Estmark closes its harbour",
        "Related: What the patrols look for",
        "Related articles",
        "More on this story",
        "More from the Gazette:",
        "Watch: The ferry leaves",
        "Lesen Sie auch: Der Hafen",
        "Читайте также: Порт закрыт",
        "Sign up for our newsletter",
        "Follow us on Telegram",
        "Follow Mira Coll on Twitter @coll",
        "Subscribe to the Gazette",
        "© 2031 Harbour Gazette",
        "Copyright 2031 Harbour Gazette. All rights reserved.",
        "Advertisement",
        "-30-",
        "###",
    ],
)
def test_promotion_and_furniture_are_known(text: str) -> None:
    assert boilerplate.promotion(*whole(text))


@pytest.mark.parametrize(
    "text",
    [
        "Read the statement again, the minister told reporters.",
        "More than twelve crossings were counted.",
        "Related questions were left aside by the court.",
        "Watching the ferry leave, the mayor said nothing.",
        "See how it goes, he said.",
        "Opinion polls show that most people like the ferry.",
        "Analysis: “We do not know,” said the harbour master.",
        "Video of the crossing was shown to the court.",
        "Follow the money, said the mayor.",
    ],
)
def test_a_sentence_that_begins_like_a_promotion_is_none(text: str) -> None:
    assert not boilerplate.promotion(*whole(text))


@pytest.mark.parametrize(
    "text",
    [
        "By Mira Coll",
        "By Mira Coll and J. Adan, Harbour Gazette",
        "BY MIRA COLL",
        "Von Jette Brahm",
        "Mira Coll, Staff Writer",
        "Reuters",
        "(Reporting by Ana Ruhl; Editing by Tom Hask)"],
)  # fmt: skip
def test_a_byline_is_known(text: str) -> None:
    assert boilerplate.byline(*whole(text))


@pytest.mark.parametrize("text", ["By Monday, the ferry was back.", "By and large it was over", "Di più non si può"])
def test_a_sentence_that_begins_with_by_is_no_byline(text: str) -> None:
    assert not boilerplate.byline(*whole(text))


@pytest.mark.parametrize(
    "text", ["Stories of the bay since 1911", "Est. 1911", "The voice of Tarn Bay", "gazette.example.com"]
)
def test_a_slogan_is_known(text: str) -> None:
    assert boilerplate.slogan(*whole(text))
