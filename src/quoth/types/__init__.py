"""The nouns, and the tree of errors. Nothing here does anything; everything else speaks in it."""

from quoth.types.alignment import Alignment, Edit, EditKind, Piece
from quoth.types.claim import Claim, Response, Stance
from quoth.types.decided import AsReviewed, Decided, Status, Told, decisions_of
from quoth.types.document import BODY_KINDS, DESCRIBED, Block, BlockKind, Box, Document, Moment
from quoth.types.entity import Entity, EntityType
from quoth.types.errors import (
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
from quoth.types.examination import Added, Discrepancy, Examination, LeftOut, NotExamined
from quoth.types.span import Passage, Places, Span, overlap, united
from quoth.types.statement import Act, Mode, Statement, statement_id
from quoth.types.verdict import Carriage, Change, ChangeKind, Grade, Searched, Verdict

__all__ = [
    "BODY_KINDS",
    "DESCRIBED",
    "Act",
    "Added",
    "Alignment",
    "ArchiveBusy",
    "ArchiveDamaged",
    "ArchiveError",
    "AsReviewed",
    "Block",
    "BlockKind",
    "Box",
    "Carriage",
    "Change",
    "ChangeKind",
    "Claim",
    "DamagedPart",
    "Decided",
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
    "Moment",
    "NotExamined",
    "OutputFailed",
    "Passage",
    "Piece",
    "Places",
    "QuothError",
    "Response",
    "Searched",
    "Span",
    "Stance",
    "Statement",
    "Status",
    "Told",
    "UnusableArguments",
    "UnusableInput",
    "Verdict",
    "decisions_of",
    "overlap",
    "statement_id",
    "united",
]
