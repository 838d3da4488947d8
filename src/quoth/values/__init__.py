"""Floor 0: the nouns, and the tree of errors. Nothing here does anything; everything else speaks in it."""

from quoth.values.alignment import Alignment, Edit, EditKind, Piece
from quoth.values.claim import Claim, Response, Stance
from quoth.values.document import BODY_KINDS, Block, BlockKind, Document
from quoth.values.entity import Entity, EntityType
from quoth.values.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    DamagedPart,
    FetchFailed,
    MissingPart,
    OutputFailed,
    QuothError,
    UnusableArguments,
    UnusableInput,
)
from quoth.values.examination import Added, Discrepancy, Examination, LeftOut, NotExamined
from quoth.values.span import Passage, Span, overlap, united
from quoth.values.statement import Act, Mode, Statement, statement_id
from quoth.values.verdict import Change, ChangeKind, Grade, Searched, Verdict

__all__ = [
    "BODY_KINDS",
    "Act",
    "Added",
    "Alignment",
    "ArchiveBusy",
    "ArchiveDamaged",
    "ArchiveError",
    "Block",
    "BlockKind",
    "Change",
    "ChangeKind",
    "Claim",
    "DamagedPart",
    "Discrepancy",
    "Document",
    "Edit",
    "EditKind",
    "Entity",
    "EntityType",
    "Examination",
    "FetchFailed",
    "Grade",
    "LeftOut",
    "MissingPart",
    "Mode",
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
    "overlap",
    "statement_id",
    "united",
]
