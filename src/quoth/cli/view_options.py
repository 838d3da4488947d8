"""The options by which `trace` shows one examination and writes it in other formats; `quoth.reports` does it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quoth.cli.console import flush, put, say
from quoth.types import Grade, UnusableArguments

if TYPE_CHECKING:
    from quoth.reports.outputs import IsOurs
    from quoth.types import Examination

PAGE = b"examined by Quoth</title>"  # in the head of every page that --html writes
Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object, an Examination."),
    click.option("--md", "as_md", is_flag=True, help="Print a memo in Markdown."),
    click.option("--summary", is_flag=True, help="Print no more than what matters, a line each."),
    click.option("--only", metavar="GRADES", help='Print findings of these grades only: "altered,not found".'),
    click.option("--html", metavar="OUT.html", help="Write a self-contained page as well."),
    click.option(
        "--export",
        "exports",
        metavar="FORMAT=FILE",
        multiple=True,
        help="Write another format too: md, pdf, bibtex, annotations, annotations-utf16, jsonld, prov or tei.",
    ),
)


def view_options(command: Command) -> Command:
    """Give a command the options; they arrive as the fields of `Asked`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Asked:
    """How one examination is to be shown and written.

    Attributes:
        as_json: whether JSON is printed.
        as_md: whether a memo is printed.
        summary: whether no more than what matters is printed.
        only: names of grades, by commas.
        html: file for the page.
        exports: "FORMAT=FILE" each.
    """

    as_json: bool = False
    as_md: bool = False
    summary: bool = False
    only: str | None = None
    html: str | None = None
    exports: Sequence[str] = ()

    @property
    def any(self) -> bool:
        """Whether anything is asked for that is for one report only."""
        return self != Asked()

    @property
    def grades(self) -> frozenset[Grade]:
        """The grades that are asked for; none if all are.

        Raises:
            UnusableArguments: one is none.
        """
        names = [name.strip().lower().replace("-", " ") for name in (self.only or "").split(",") if name.strip()]
        if self.only is not None and not names:
            raise UnusableArguments("--only needs the name of a grade.")
        for name in names:
            if name not in set(Grade):
                raise UnusableArguments(f"--only {name}: there is no such grade; there are {', '.join(Grade)}.")
        return frozenset(Grade(name) for name in names)

    def check(self, inputs: Sequence[str]) -> None:
        """Refuse, before any work, what does not go together or could not be written.

        Raises:
            UnusableArguments: see `quoth.reports.outputs.check_output`.
        """
        from quoth.reports.outputs import check_output  # noqa: PLC0415  # each command loads what it needs

        if self.as_json + self.as_md > 1 or ((self.as_json or self.as_md) and (self.summary or self.only is not None)):
            raise UnusableArguments("Give one of --json, --md, and --summary or --only: they are printed.")
        _ = self.grades
        written: set[str] = set()
        for option, target, is_ours, _ in self._files():
            if target in written:
                raise UnusableArguments(f"{option} {target} is written twice; give another name.")
            written.add(target)
            check_output(option, target, inputs, is_ours)

    def _files(self) -> "list[tuple[str, str, IsOurs, str]]":
        """Option, file, how one of its own is told, and format of each file."""
        from quoth.reports.exports import is_export, known  # noqa: PLC0415
        from quoth.reports.outputs import has_mark  # noqa: PLC0415

        files = [("--html", self.html, has_mark(PAGE), "")] if self.html is not None else []
        for export in self.exports:
            name, equals, target = export.partition("=")
            known(name)
            if not equals or not target or target == "-":
                raise UnusableArguments(f"--export {export}: write FORMAT=FILE, for example --export {name}=FILE.")
            files.append((f"--export {name}", target, is_export(name), name))
        return files

    def show(self, examination: "Examination") -> None:
        """Write the files, print the view, and say where the files are."""
        from quoth.reports.outputs import write_output  # noqa: PLC0415

        files = self._files()
        for option, target, is_ours, name in files:
            write_output(option, target, _made(examination, name), is_ours)
        if self.as_json:
            from quoth.pipeline.lines import as_pieces  # noqa: PLC0415
            from quoth.reports.json_records import json_fields  # noqa: PLC0415

            for piece in as_pieces(json_fields(examination)):
                put(piece)
            flush()
        elif self.as_md:
            put(_made(examination, "md"))
        else:
            from quoth.cli.views import show  # noqa: PLC0415
            from quoth.reports import to_terminal  # noqa: PLC0415

            show(lambda out: to_terminal(examination, out, summary=self.summary, only=self.grades))
        for option, target, _, _ in files:
            say(f"The page is in {target}." if option == "--html" else f"{target} is written ({option.split()[1]}).")


def _made(examination: "Examination", name: str) -> bytes:
    if not name:
        from quoth.reports import to_html  # noqa: PLC0415  # each face of a report loads its own library

        return to_html(examination).encode()
    from quoth.reports.exports import export  # noqa: PLC0415

    return export(examination, name)
