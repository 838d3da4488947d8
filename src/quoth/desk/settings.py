"""What the desk was started with."""

from dataclasses import dataclass
from pathlib import Path

from quoth.types import UnusableArguments

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
PORT = 8017
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line said.

    Attributes:
        archive: folder of the archive that reports are held against; None for none.
        store: folder in which examinations and decisions are kept; None: they are forgotten when the desk ends.
        database: PostgreSQL address in which they are kept instead.
        host: what the desk listens at.
        port: its port; 0 for any that is free.
        names: further host names under which it may be asked for.
        team: whether people must sign in.
        watch: JSON Lines that `quoth watch` writes, or a folder of such files; None for none.
        workers: processes that examine.
        rules: use no trained models.
        largest: bytes that one request may bring.
        behind: whether a proxy that speaks https stands before it; cookies then travel by https alone.
    """

    archive: Path | None = None
    store: Path | None = None
    database: str | None = None
    host: str = "127.0.0.1"
    port: int = PORT
    names: tuple[str, ...] = ()
    team: bool = False
    watch: Path | None = None
    workers: int = 1
    rules: bool = False
    largest: int = 64 * MEGABYTE
    behind: bool = False

    def checked(self) -> "Settings":
        """The settings, if they make sense together.

        Raises:
            UnusableArguments: others could reach a desk that asks nobody who they are, or two places are given to keep
                things in, or none for accounts.
        """
        if self.host not in LOOPBACK and not self.team:
            raise UnusableArguments(
                f"Listening at {self.host} lets others in: add --team, so that people sign in (or stay at 127.0.0.1)."
            )
        if self.host in {"0.0.0.0", "::"} and not self.names:  # noqa: S104  # compared, not listened at
            raise UnusableArguments(f"Listening at {self.host}, the desk must know what it is called: add --name HOST.")
        if self.store and self.database:
            raise UnusableArguments("Give either --store FOLDER or --database ADDRESS.")
        if self.team and not (self.store or self.database):
            raise UnusableArguments("--team needs a place for accounts: --store FOLDER or --database ADDRESS.")
        if self.store and not self.store.is_dir():
            raise UnusableArguments(f"--store {self.store}: there is no such folder.")
        return self
