"""Debian's PostgreSQL, started on loopback for the tests, in a folder of its own and with nobody's data."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACES = Path("/usr/lib/postgresql")


class NoServerError(Exception):
    """Why no server can be started here."""


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a fresh server's database, for as long as the context lasts.

    Raises:
        NoServerError: PostgreSQL is not installed, or not by Debian's way.
    """
    found = sorted(PLACES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NoServerError("Debian's PostgreSQL is not installed")
    binaries = found[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="quoth-postgres-"))
    identity: dict[str, object] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            someone = pwd.getpwnam("postgres")
        except KeyError:
            shutil.rmtree(folder)
            raise NoServerError("there is no user postgres, and root may not run the server") from None
        os.chown(folder, someone.pw_uid, someone.pw_gid)
        identity = {"user": someone.pw_uid, "group": someone.pw_gid, "extra_groups": []}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(name: str, *arguments: str) -> None:
        subprocess.run(
            [binaries / name, "-D", folder / "data", *arguments],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **identity,
        )  # fmt: skip

    try:
        run("initdb", "-U", "desk", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"host=127.0.0.1 port={port} user=desk dbname=postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
