"""From a job that is done to an examination in the store."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quoth.desk.bench import Job
from quoth.types import QuothError

if TYPE_CHECKING:
    from quoth.desk.rooms import Desk

_lock = threading.Lock()  # a browser and its events may both ask for the result at once


@dataclass(frozen=True, slots=True)
class About:
    """What is remembered with a job that examines.

    Attributes:
        by: who had it examined.
        keep: whether the examination shall outlive the desk, where anything does.
        again: id of the examination that is run again.
    """

    by: str
    keep: bool = True
    again: str | None = None


def finish(desk: "Desk", job: Job) -> str:
    """Put the result of a job into the store, once; the id of the examination.

    Raises:
        QuothError: it has no result.
    """
    with _lock:
        if job.result_id is None:
            about: About = job.about
            if job.result is None:
                raise QuothError(job.message or "This job has no result.")
            found = desk.found(about.again) if about.again else None
            where = found[0] if found else desk.kept if desk.kept and about.keep else desk.fleeting
            job.result_id = where.put(job.result, by=about.by, id_=about.again if found else None)
            job.result = None
            desk.note(about.by, "examine again" if found else "examine", job.result_id)
        return job.result_id
