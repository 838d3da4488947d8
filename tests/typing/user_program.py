"""What a user of Quoth writes; mypy reads it in `test_user_program.py`, and it runs there."""

from pathlib import Path

import quoth


def altered(report: Path, sources: list[Path]) -> list[str]:
    """The words of the report that its sources do not carry as they stand."""
    found: quoth.Examination = quoth.examine(quoth.read(report), [quoth.read(source) for source in sources], rules=True)
    return [
        found.words(statement)
        for statement in found.statements
        if found.verdict(statement).grade in {quoth.Grade.ALTERED, quoth.Grade.SPLICED}
    ]


def names(text: str) -> set[str]:
    """The words that name speakers."""
    said: tuple[quoth.Statement, ...] = quoth.statements(text, rules=True)
    return {span.of(text) for statement in said for span in statement.source}


def is_fair(reported: str, original: str, models: quoth.Models | None = None) -> bool:
    """Whether a quotation changes nothing."""
    verdict: quoth.Verdict = quoth.compare(reported, original, mode="indirect", models=models, rules=models is None)
    return not any(change.material for change in verdict.changes)


def kept(archive: Path, report: str) -> list[str]:
    """The documents of an archive that a report draws on."""
    with quoth.Archive.open(archive) as opened:
        return [source.id for source in quoth.examine(report, opened, rules=True).sources]


def refused(path: str) -> str:
    """Why a file cannot be read; "" if it can."""
    try:
        quoth.read(path)
    except quoth.UnusableInput as error:
        return str(error)
    return ""


if __name__ == "__main__":
    print(altered(Path("examples/gazette.txt"), [Path("examples/statement.txt")]))
    print(names("The ferry is late, the mayor of Orl said."), is_fair("It rains.", "It rains."), refused("nowhere"))
