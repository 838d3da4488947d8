"""Files and folders to the documents of an archive, by ids that do not depend on the working folder."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from quoth.archive.store import unkeepable
from quoth.fetching.web import is_address
from quoth.pipeline.inputs import STDIN, documents_in
from quoth.pipeline.sidecars import is_sidecar
from quoth.reading.raw import Columns
from quoth.types import Document


def keepable(
    paths: Iterable[str], wrong: Callable[[str], None], note: Callable[[str], None], columns: Columns | None = None
) -> Iterator[Document]:
    """The documents in files that an archive can keep.

    Args:
        paths: files, addresses, or `-`; see `files_in`.
        wrong: is told, in a sentence, of each file that cannot be read.
        note: is told, in a sentence, what must be known of a file that was read.
        columns: where tables have their texts and ids.
    """
    for name in paths:
        for found in documents_in([name], columns, ids=lambda files: [id_of_file(file) for file in files]):
            if not isinstance(found, Document):
                wrong(str(found))
                continue
            own = id_of_file(name)
            called = name + (found.id.removeprefix(own) if found.id.startswith(own) else f", {found.id}")
            for sentence in found.notes:
                note(f"{called}: {sentence}")
            if problem := unkeepable(found):
                wrong(f"{called}: {problem}")
            else:
                yield found


def id_of_file(name: str) -> str:
    r"""The id of what is added by a name: the same however the name is written, and from wherever.

    An address and `-` are as given; a file goes by its whole path, without links, in which bytes that are no UTF-8 are
    written as `\xff`.
    """
    if name == STDIN or is_address(name):
        return name
    return os.fsencode(os.path.realpath(name)).decode("utf-8", "backslashreplace")


def files_in(names: Sequence[str], archive: Path, wrong: Callable[[str], None]) -> Iterator[str]:
    """The names as they are, and for each folder all files in it that are not hidden, the archive's own apart.

    Args:
        names: files, folders, addresses, or `-`.
        archive: the folder of the archive.
        wrong: is told, in a sentence, of each folder that cannot be read.
    """

    def unread(problem: OSError) -> None:
        wrong(f"{problem.filename}: the folder cannot be read ({problem.strerror}).")

    own = os.path.realpath(archive)
    for name in names:
        if not os.path.isdir(name):  # noqa: PTH112  # Path.is_dir raises for a name that is too long
            yield name
            continue
        for folder, folders, files in os.walk(name, onerror=unread):
            if os.path.realpath(folder) == own:
                folders.clear()
                continue
            folders.sort()
            paths = (Path(folder, file) for file in sorted(files) if not file.startswith(".") and not is_sidecar(file))
            yield from (str(path) for path in paths if path.is_file())
