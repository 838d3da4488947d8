"""People's decisions about findings: appended, never altered, and never overwritten by another run.

decisions     the nouns: a decision, what a finding stands at, and how decisions fold into that
databases     SQLite or PostgreSQL, behind one small door
decision_log  `DecisionLog`: appending with a version check, undoing, reading
reviewed      an examination with what people decided
corrections   the log of corrections that can be published, and decisions as training data
"""

from quoth.review.databases import Database
from quoth.review.decision_log import DecisionLog
from quoth.review.decisions import Act, Decision, Standing, standing

__all__ = ["Act", "Database", "Decision", "DecisionLog", "Standing", "standing"]
