"""Verdicts: is it carried, what changed, which grade, how sure; what was left out and added."""

from quoth.verdicts.carried import Contents
from quoth.verdicts.discrepancies import discrepancies
from quoth.verdicts.dossier import Source
from quoth.verdicts.judging import Judging
from quoth.verdicts.omissions import added, left_out

__all__ = ["Contents", "Judging", "Source", "added", "discrepancies", "left_out"]
