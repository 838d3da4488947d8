"""The folder of an archive: what its description says, and the store that keeps its documents.

The folder may come from somebody else. It says that its documents are in a database, and never where: the address comes
from the user, with each command or in `QUOTH_DATABASE`. The database knows the archive that it belongs to.
"""

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from quoth.archive.index import created, object_in
from quoth.archive.store import Store
from quoth.types import ArchiveDamaged, ArchiveError, UnusableArguments

DESCRIPTION, LOCK, DOCUMENTS, INDEX = "archive.json", "writer.lock", "documents.sqlite", "index"
BESIDE, IN_DATABASE = 1, 2  # formats: documents in a file of the folder, or in a database
SETTING = "QUOTH_DATABASE"  # the address of the database, for every archive that has one
_SQLITE, _POSTGRES = "sqlite", "postgresql"
_UNFINISHED = {LOCK, f"{DESCRIPTION}.new", *(f"{DOCUMENTS}{end}" for end in ("", "-wal", "-shm", "-journal"))}


@dataclass(frozen=True, slots=True)
class Described:
    """What the description of an archive says.

    Attributes:
        in_database: whether its documents are in a database.
        name: what that database knows the archive by; None in a folder that Quoth 0.1.0 made.
    """

    in_database: bool
    name: str | None = None


def named(path: str | Path) -> Path:
    """The folder of an archive by its name.

    Raises:
        UnusableArguments: the name is empty, which the system would take for the folder one is in.
    """
    if not str(path).strip():
        raise UnusableArguments("The name of the archive is empty.")
    return Path(path)


def opened(path: Path, *, database: str | None = None, through: int = 0, create: bool = False) -> Store:
    """The store of the archive at `path`.

    Args:
        path: its folder.
        database: the address of its database, if it has one; that of the setting if None.
        through: the number up to which its index has read the store.
        create: make an empty archive where there is none, with its documents in `database`, or in a file if None.

    Raises:
        ArchiveError: There is no archive, or its documents cannot be reached.
        ArchiveDamaged: What is there is not what was written.
        UnusableArguments: The address is empty.
    """
    if database is not None and not database.strip():
        raise UnusableArguments("The address of the database is empty; leave --database out, or give one.")
    known = described(path)
    for name in (INDEX, *_UNFINISHED):
        if (path / name).is_symlink():
            raise ArchiveError(f"{path / name} is a link; an archive has its files in its own folder.")
    if known is None:
        if not create:
            raise ArchiveError(f"{path} is no archive; `quoth archive add {path} FILE` makes one.")
        return _made(path, database, force=False)
    if not known.in_database:
        if database is not None:
            raise ArchiveError(f"{path} keeps its documents in its folder, not elsewhere in a database.")
        return _in_file(path, create=False)
    store = _in_base(_address(path, database), create=False)
    try:
        _check_owner(path, known, store, through, writing=create)
    except BaseException:
        store.close()
        raise
    return store


def taken_over(path: Path, database: str | None) -> Store:
    """The store of the archive at `path`, which from now on belongs to it; its folder is made if it is lost.

    Raises:
        ArchiveError: As for `opened`.
    """
    known = described(path)
    if known is None and database is not None:
        return _made(path, database, force=True)
    if known is None or not known.in_database:
        return opened(path, database=database)
    store = _in_base(_address(path, database), create=False)
    try:
        _claim(path, store, known.name or secrets.token_hex(16), force=True)
    except BaseException:
        store.close()
        raise
    return store


def described(path: Path) -> Described | None:
    """What the description of an archive says; None where there is no archive.

    Raises:
        ArchiveError: A later Quoth wrote it, or it cannot be read.
        ArchiveDamaged: It is not what was written.
    """
    description = path / DESCRIPTION
    try:
        known = object_in(description)
        form, documents, name = known["format"], known["documents"], known.get("archive")
        if isinstance(form, int) and form > IN_DATABASE:
            raise ArchiveError(f"{path} is an archive of format {form}; this Quoth knows {IN_DATABASE}.")
        if not isinstance(documents, str) or form not in (BESIDE, IN_DATABASE):
            raise ValueError  # noqa: TRY301  # one door for all that is not what was written
        if form == IN_DATABASE and (documents != _POSTGRES or not isinstance(name, str) or not name):
            raise ValueError  # noqa: TRY301
    except FileNotFoundError:
        if (path / DOCUMENTS).exists() and (path / INDEX).exists():
            raise ArchiveDamaged(f"{description} is not there; bring it back from a copy of the archive.") from None
        return None
    except NotADirectoryError as problem:
        raise ArchiveError(f"{path} is a file, not the folder of an archive.") from problem
    except OSError as problem:
        raise ArchiveError(f"{description} cannot be read: {problem.strerror or problem}.") from problem
    except (ValueError, KeyError) as problem:
        raise ArchiveDamaged(f"{description} is not what was written.") from problem
    return Described(documents != _SQLITE, name if form == IN_DATABASE else None)


def _address(path: Path, database: str | None) -> str:
    address = database or os.environ.get(SETTING, "").strip()
    if not address:
        raise ArchiveError(
            f"{path} keeps its documents in a database, and its address comes from you: give --database ADDRESS, or set"
            f" {SETTING}."
        )
    return address


def _made(path: Path, database: str | None, *, force: bool) -> Store:
    """Make an empty archive, its store first: a folder with a description has its documents."""
    try:
        fresh = not path.is_dir()
        if not fresh and any(entry.name not in _UNFINISHED for entry in path.iterdir()):
            raise ArchiveError(f"{path} is a folder with other things in it; give an empty or a new one.")
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(PermissionError):
            path.chmod(0o700)
    except OSError as problem:
        raise ArchiveError(f"{path} cannot be made: {problem.strerror or problem}.") from problem
    try:
        store = _in_file(path, create=True) if database is None else _in_base(database, create=True)
        try:
            if database is None:
                _describe(path, {"format": BESIDE, "documents": _SQLITE})
            else:
                if not force and (store.owner() is not None or store.summary().last):
                    raise _taken(path)  # noqa: TRY301
                _claim(path, store, secrets.token_hex(16), force=force)
        except BaseException:
            store.close()
            raise
    except BaseException:
        (path / DESCRIPTION).unlink(missing_ok=True)  # a database that cannot be reached makes no archive
        if fresh:
            with suppress(OSError):
                path.rmdir()
        raise
    return store


def _check_owner(path: Path, known: Described, store: Store, through: int, *, writing: bool) -> None:
    """Refuse a database that belongs to another archive; one that belongs to none may have been made by Quoth 0.1.0."""
    owner = store.owner()
    if owner is None and known.name is None:
        if writing:
            _claim(path, store, secrets.token_hex(16), force=False)
    elif owner is None and known.name is not None and (through or not store.summary().last):
        _claim(path, store, known.name, force=False)  # killed before that, or the schema is of a copy
    elif owner is None or owner != known.name:
        raise _taken(path)


def _claim(path: Path, store: Store, name: str, *, force: bool) -> None:
    """Describe an archive and note in its database that this belongs to it."""
    _describe(path, {"format": IN_DATABASE, "documents": _POSTGRES, "archive": name})
    if not store.claim(name, force=force):
        raise _taken(path)


def _taken(path: Path) -> ArchiveError:
    return ArchiveError(
        f"The database keeps the documents of another archive than {path}; one database serves one archive (if that one"
        " is lost, `quoth archive repair --force` takes the database over)."
    )


def _describe(path: Path, known: dict[str, object]) -> None:
    new = path / f"{DESCRIPTION}.new"
    try:
        with created(new) as file:
            file.write(json.dumps(known).encode())
            file.flush()
            os.fsync(file.fileno())
        new.replace(path / DESCRIPTION)
    except OSError as problem:
        raise ArchiveError(f"{path} cannot be written: {problem.strerror or problem}.") from problem


def _in_file(path: Path, *, create: bool) -> Store:
    from quoth.archive.store.sqlite import SqliteStore  # noqa: PLC0415  # an archive needs one of the two

    return SqliteStore(path / DOCUMENTS, create=create)


def _in_base(address: str, *, create: bool) -> Store:
    from quoth.archive.store.postgres import PostgresStore  # noqa: PLC0415

    return PostgresStore(address, create=create)
