"""Quoth checks what the press says someone said against what they said.

    >>> import quoth
    >>> verdict = quoth.compare("Almost every pier is open.", "Every pier is open.", rules=True)
    >>> print(verdict.grade, [str(change.kind) for change in verdict.changes])
    altered ['hedge']

`read` makes a Document of a file, `statements` finds who said what in it, `examine` holds it against its sources, and
`compare` holds a single quotation against a text. An `Archive` finds the sources of a report among many documents.
Everything else here is a noun, or an error, of the tree under `QuothError`.

Names are imported when they are first asked for, so that `import quoth` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.archive.archive import Archive
    from quoth.models.ports import Tools as Models
    from quoth.pipeline.front import compare, examine, load_models, read, statements
    from quoth.types import (
        Act,
        Added,
        ArchiveBusy,
        ArchiveDamaged,
        ArchiveError,
        Block,
        BlockKind,
        Box,
        Carriage,
        Change,
        ChangeKind,
        Claim,
        DamagedPart,
        Discrepancy,
        Document,
        Entity,
        EntityType,
        Examination,
        FetchFailed,
        Grade,
        LeftOut,
        MissingPart,
        Mode,
        Moment,
        NotExamined,
        OutputFailed,
        Passage,
        Piece,
        QuothError,
        Response,
        Searched,
        Span,
        Stance,
        Statement,
        UnusableArguments,
        UnusableInput,
        Verdict,
    )

__version__ = "0.1.0"
__all__ = [
    "Act",
    "Added",
    "Archive",
    "ArchiveBusy",
    "ArchiveDamaged",
    "ArchiveError",
    "Block",
    "BlockKind",
    "Box",
    "Carriage",
    "Change",
    "ChangeKind",
    "Claim",
    "DamagedPart",
    "Discrepancy",
    "Document",
    "Entity",
    "EntityType",
    "Examination",
    "FetchFailed",
    "Grade",
    "LeftOut",
    "MissingPart",
    "Mode",
    "Models",
    "Moment",
    "NotExamined",
    "OutputFailed",
    "Passage",
    "Piece",
    "QuothError",
    "Response",
    "Searched",
    "Span",
    "Stance",
    "Statement",
    "UnusableArguments",
    "UnusableInput",
    "Verdict",
    "__version__",
    "compare",
    "examine",
    "load_models",
    "read",
    "statements",
]

#: Where the names live that are no nouns: module, and name there.
_HOMES = {
    "Archive": ("quoth.archive.archive", "Archive"),
    "Models": ("quoth.models.ports", "Tools"),
    **{name: ("quoth.pipeline.front", name) for name in ("compare", "examine", "load_models", "read", "statements")},
}


if not TYPE_CHECKING:  # a type checker knows all names, and must tell of a wrong one

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, there = _HOMES.get(name, ("quoth.types", name))
        found = globals()[name] = getattr(import_module(module), there)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
