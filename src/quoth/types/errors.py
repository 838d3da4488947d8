"""The tree of errors. Each is worded for the person at the keyboard: what was wrong, with which input, what to do.

QuothError
├── UnusableInput      the input cannot be examined at all (missing, empty, binary, not UTF-8)
├── UnusableArguments  the command's arguments do not make sense together
├── MissingPart        an optional part of Quoth (an extra, a model) is not installed
├── DamagedPart        a part of Quoth (a trained model) is not what was shipped
├── OutputFailed       standard output, or a file that was asked for, cannot be written
├── FetchFailed        an address could not be fetched
└── ArchiveError       the archive cannot be opened, read or written
    ├── ArchiveDamaged     it was read, and is not what was written
    └── ArchiveBusy        another writer holds it
"""


class QuothError(Exception):
    """Anything Quoth refuses or fails to do, in one sentence."""


class UnusableInput(QuothError):
    """An input that cannot be examined."""


class UnusableArguments(QuothError):
    """Arguments that do not make sense together."""


class MissingPart(QuothError):
    """An optional part that is not installed."""


class DamagedPart(QuothError):
    """A part that is there and is not what was shipped."""


class OutputFailed(QuothError):
    """A result that cannot be written where it should go."""


class FetchFailed(QuothError):
    """An address that could not be fetched.

    Attributes:
        status: the status of the answer, where the server answered with an error.
        retry_after: when the server asks to be asked again, as its header line says it.
        forbidden: whether its site does not let programs fetch it by themselves.
    """

    def __init__(
        self, sentence: str, *, status: int | None = None, retry_after: str | None = None, forbidden: bool = False
    ) -> None:
        super().__init__(sentence)
        self.forbidden = forbidden
        self.status = status
        self.retry_after = retry_after


class ArchiveError(QuothError):
    """An archive that cannot be opened, read or written."""


class ArchiveDamaged(ArchiveError):
    """An archive that was read and is not what was written."""


class ArchiveBusy(ArchiveError):
    """An archive that another writer holds."""
