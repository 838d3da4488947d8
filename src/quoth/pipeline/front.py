"""What `import quoth` offers: the functions of the program, with the models loaded when they are first needed."""

import os
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import quoth.reports.notebook  # noqa: F401  # notebooks show what `examine` gives
from quoth.models.loading import load_tools
from quoth.models.ports import RULES_ONLY, Tools
from quoth.pipeline.examine import grade_pair
from quoth.pipeline.inputs import load
from quoth.pipeline.jobs import mode_of, statements_of
from quoth.pipeline.lines import checked_text
from quoth.pipeline.trace import examine_against
from quoth.reading import read as read_bytes
from quoth.reading import read_text
from quoth.types import Document, Examination, Statement, UnusableArguments, Verdict

if TYPE_CHECKING:
    from quoth.archive.archive import Archive


def read(path_or_bytes: str | os.PathLike[str] | bytes, name: str | None = None) -> Document:
    """A document of a file, of bytes at hand, or of an address.

    Args:
        path_or_bytes: a path; the bytes of a file, whatever its format; or an address (`https://...`), which is the
            only thing that is ever fetched.
        name: the document's id; the file's name, or the address, if not given.

    Returns:
        The document. All offsets index its `text`, in Unicode code points.

    Raises:
        UnusableInput: the file is missing, a directory, empty, too large, or no text; the sentence says which.
        FetchFailed: the address could not be fetched.
    """
    if isinstance(path_or_bytes, bytes):
        label = name or "document"
        return read_bytes(path_or_bytes, label)
    return load(os.fspath(path_or_bytes), id=name)


def examine(
    report: Document | str,
    sources: "Document | str | Iterable[Document | str] | Archive",
    *,
    models: Tools | None = None,
    rules: bool = False,
) -> Examination:
    r"""Who said what in a report, and how it compares with its sources.

        >>> report = "The harbour master said: “The pier is closed, and no boat may leave before Monday.”"
        >>> source = "Notice of the harbour master\n\nThe pier is closed, and no boat may leave."
        >>> found = examine(report, source, rules=True)
        >>> [found.words(statement) for statement in found.statements]
        ['“The pier is closed, and no boat may leave before Monday.”']

    Args:
        report: the report; a string is its text.
        sources: what it is held against, one or several; or an open archive, in which the sources are looked for.
        models: trained models; those that are installed, loaded at the first call and kept, if not given.
        rules: whether to use no models at all.

    Returns:
        The examination, with one verdict for each statement. A report that nothing carries gives verdicts "not found".

    Raises:
        UnusableInput: a text is empty.
        UnusableArguments: a source is the report itself, two documents have one id, or models are given with `rules`.
        ArchiveError: the archive cannot be read.
    """
    document = _document(report, "report")
    tools = _models(models, rules=rules)
    given: tuple[Document, ...]
    if isinstance(sources, (str, Document)):
        given = (_document(sources, "source"),)
    elif isinstance(sources, Iterable):
        given = tuple(_document(one, f"source {number}") for number, one in enumerate(sources, 1))
    else:
        return examine_against(sources, document, tools)
    names = [document.id, *(one.id for one in given)]
    if len(set(names)) < len(names):
        raise UnusableArguments(f"Two documents have the same id, {max(names, key=names.count)}; give them a `name`.")
    return examine_against(given, document, tools)


def statements(
    document_or_text: Document | str,
    *,
    attitudes: bool = False,
    models: Tools | None = None,
    rules: bool = False,
) -> tuple[Statement, ...]:
    """Who said what in a document.

        >>> report = "The ferry is late, the mayor of Orl said on Friday."
        >>> [report[span.start : span.end] for one in statements(report, rules=True) for span in one.source]
        ['the mayor of Orl']

    Args:
        document_or_text: a document; a string is the text of one.
        attitudes: whether to give what somebody thinks, wants, plans or is expected to do as well.
        models: trained models; those that are installed, loaded at the first call and kept, if not given.
        rules: whether to use no models at all.

    Returns:
        The statements, in reading order; `document.words(statement)` is what was said.

    Raises:
        UnusableInput: the text is empty.
        UnusableArguments: models are given with `rules`.
    """
    document = _document(document_or_text, "text")
    return statements_of(document, _models(models, rules=rules), attitudes=attitudes)[0]


def compare(
    reported: str,
    original: str,
    *,
    mode: str = "direct",
    models: Tools | None = None,
    rules: bool = False,
) -> Verdict:
    """Hold one quotation against the text of its source.

        >>> verdict = compare("Nearly 40 boats were lost.", "40 boats were lost.", rules=True)
        >>> verdict.grade.value, [change.kind.value for change in verdict.changes]
        ('altered', ['hedge'])

    Args:
        reported: the quotation, without its quotation marks.
        original: a sentence or a whole document; it is taken for the speaker's.
        mode: "direct", or "indirect" for reported speech.
        models: trained models; those that are installed, loaded at the first call and kept, if not given.
        rules: whether to use no models at all.

    Returns:
        The verdict; its `reported` spans index `reported`, its `original` spans `original`.

    Raises:
        UnusableInput: one of the texts is empty, or there is no such mode.
        UnusableArguments: models are given with `rules`.
    """
    checked_text(reported, "reported")
    checked_text(original, "original")
    return grade_pair(reported, original, _models(models, rules=rules), mode_of(mode))


@lru_cache(maxsize=1)
def load_models() -> Tools:
    """The trained models that are installed, loaded once; each opens its weights when it is first used.

    The environment variable `QUOTH_MODELS` narrows the choice, as for the command line.

    Raises:
        UnusableArguments: `QUOTH_MODELS` names a model that there is none of.
    """
    return load_tools()


def _models(models: Tools | None, *, rules: bool) -> Tools:
    if rules and models is not None:
        raise UnusableArguments("Give either models or rules=True.")
    return RULES_ONLY if rules else models or load_models()


def _document(given: Document | str, name: str) -> Document:
    return given if isinstance(given, Document) else read_text(checked_text(given, name), name)
