"""What a reader must know before reading the verdicts: what could not be compared, and why."""

from collections.abc import Iterator

from quoth.values import Document, Examination

LANGUAGES = {
    "ar": "Arabic",
    "az": "Azerbaijani",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "hy": "Armenian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def notes(examination: Examination) -> tuple[str, ...]:
    """What could not be compared, one sentence each; empty where everything could."""
    return tuple(_notes(examination))


def _notes(examination: Examination) -> Iterator[str]:
    report = examination.report
    for source in examination.sources:
        if report.language and source.language and report.language != source.language:
            yield (
                f"{name_of(source)} is in {language_name(source.language)} and the report in "
                f"{language_name(report.language)}: their words cannot be compared, so a grade against it says little."
            )
        if not source.text.strip():
            yield f"{name_of(source)} holds no text, so nothing could be found in it."
    if not examination.sources:
        yield "No source was found that shares enough words with the report, so nothing could be compared."
    if report.language and report.language != "en":
        yield f"The report is in {language_name(report.language)}: who said what is looked for by English rules only."
    if not examination.statements:
        yield "No statement of anybody was found in the report, so there is nothing to compare."


def language_name(code: str) -> str:
    """The English name of a language, or its code where no name is listed."""
    return LANGUAGES.get(code, f"the language “{code}”")


def name_of(document: Document) -> str:
    """What a reader would call a document: its title, else its id."""
    return f"“{document.title}”" if document.title else document.id
