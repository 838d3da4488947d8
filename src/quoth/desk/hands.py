"""What a worker process does. Texts of others are only ever read there, with the models that it loaded once."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from quoth.desk.settings import Settings
from quoth.desk.tasks import Examine, Given, Simple, Task
from quoth.fetching import is_address
from quoth.models.loading import load_tools
from quoth.models.ports import Tools
from quoth.pipeline.examine import examine
from quoth.pipeline.inputs import check_not_itself, ids_for, load, load_all
from quoth.pipeline.jobs import Record, grade_record, statements_of, text_field
from quoth.pipeline.lines import checked_text
from quoth.pipeline.name_pairs import names_record
from quoth.pipeline.trace import examine_in
from quoth.reading import read, read_all, read_text
from quoth.reports import to_json
from quoth.types import Document, QuothError, UnusableInput

if TYPE_CHECKING:
    from quoth.archive.archive import Archive

Watch = Callable[[int, int], None]

#: Examined before the first request: every model is opened and every table read.
_WARM_REPORT = "The mayor of Orl said: “The ferry is late, and 40 boats wait.” She denied that the pier was closed."
_WARM_SOURCE = "MAYOR: The ferry is late, and almost 40 boats wait. The pier is not closed, I promise."


class Hands:
    """What one worker process has at hand.

    Attributes:
        settings: of the desk.
        tools: the models.
        reading: name of the field that brought what is being read just now; "" while nothing is.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.reading = ""
        self.tools: Tools = load_tools(models=not settings.rules)

    def warm(self) -> None:
        """Open the models, by examining something."""
        examine(read_text(_WARM_REPORT, "report"), [read_text(_WARM_SOURCE, "source")], self.tools)

    def do(self, task: Task, watch: Watch) -> str:
        """Do a task; its result as JSON.

        Raises:
            QuothError: what was given cannot be used.
        """
        self.reading = ""
        made = self._examined(task, watch) if isinstance(task, Examine) else self._simple(task)
        return json.dumps(made, separators=(",", ":"))  # in ASCII: half of a surrogate pair is no UTF-8

    def _examined(self, task: Examine, watch: Watch) -> Record:
        self.reading = f"report_{task.report.kind}"
        report = self._document(task.report)
        if task.in_archive:
            self.reading = "in_archive"
            archive = _archive(self.settings.archive)
            return to_json(examine_in(archive, report, self.tools, watch=watch))
        if not task.sources:
            raise UnusableInput("There is nothing to hold the report against: give a source.")
        sources: list[Document] = []
        for given in task.sources:
            self.reading = f"source_{given.kind}"
            sources += self._documents(given)
        ids = ids_for([report.id, *(one.id for one in sources)])
        report, *sources = (replace(one, id=id_) for one, id_ in zip([report, *sources], ids, strict=True))
        check_not_itself(report, sources)
        self.reading = ""
        return to_json(examine(report, sources, self.tools, watch))

    def _document(self, given: Given) -> Document:
        """A document, read, fetched or taken from the archive."""
        if given.document is not None:
            return given.document
        if given.version is not None:
            found = _archive(self.settings.archive).document(given.name, given.version or None)
            if found is None:
                raise UnusableInput(f"{given.name}: the archive has no such document.")
            return found
        if given.text is not None:
            return read_text(checked_text(given.text, "the text"), given.name)
        if given.data is not None:
            made = read(given.data, given.name, media_type=given.media_type)
            return replace(made, url=made.url or given.address)
        made = load(_address(given))
        return replace(made, url=made.url or given.address)

    def _documents(self, given: Given) -> list[Document]:
        """All documents that something holds: an archive of files, a mailbox, a table hold several.

        Raises:
            UnusableInput: none of them can be read.
        """
        if given.data is not None:
            every = read_all(given.data, given.name, media_type=given.media_type)
        elif given.address is not None:
            every = load_all(_address(given))
        else:
            return [self._document(given)]
        found: list[Document] = []
        wrong: list[QuothError] = []
        for one in every:
            (found if isinstance(one, Document) else wrong).append(one)  # type: ignore[arg-type]
        if not found:
            raise wrong[0] if wrong else UnusableInput(f"{given.name}: there is no document in it.")
        return [replace(found[0], notes=(*found[0].notes, *map(str, wrong))), *found[1:]]

    def _simple(self, task: Simple) -> Record:
        record = {"id": "", **task.record}
        match task.what:
            case "statements":
                document = read_text(text_field(record, "text"), str(record.get("name") or "text"))
                said, entities = statements_of(document, self.tools, attitudes=bool(record.get("attitudes")))
                return {
                    "document": document.to_dict(),
                    "statements": [one.to_dict() for one in said],
                    "entities": [one.to_dict() for one in entities],
                }
            case "compare":
                made = grade_record(record, self.tools)
            case "names":
                made = names_record(record)
            case "read" if task.given is not None:
                return self._document(task.given).to_dict()
            case _:
                raise UnusableInput(f"There is no task {task.what}.")
        return {name: value for name, value in made.items() if name != "id"}


def _address(given: Given) -> str:
    """The address of something that is to be fetched; never a path of this machine.

    Raises:
        UnusableInput: it is none.
    """
    if not given.address or not is_address(given.address):
        raise UnusableInput(f"{given.name}: this is no address; it begins with https:// or http://.")
    return given.address


@lru_cache(maxsize=1)
def _archive(path: Path | None) -> "Archive":
    """The desk's archive, opened once in this process."""
    from quoth.archive.archive import Archive  # noqa: PLC0415  # a desk without one does not need it

    if path is None:
        raise UnusableInput("This desk has no archive; start it with --archive ARCHIVE, or give a source.")
    return Archive.open(path)
