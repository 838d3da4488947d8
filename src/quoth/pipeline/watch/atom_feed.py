"""Findings as an Atom feed (RFC 4287): each entry carries the change itself."""

import html
import re
import uuid
from collections.abc import Sequence

from quoth.pipeline.watch.desk_state import Record, Told
from quoth.pipeline.watch.findings import CORRECTION, FINDING

MOST_ENTRIES = 500  # the newest ones
GENERATOR = "<generator>Quoth, watching</generator>"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DOUBLE = re.compile('[“”«»„"]')
_MARKS = "“”«»„‘’\"' "  # around the words of a title, which get marks of their own


def atom(name: str, latest: Sequence[Told]) -> str:
    """An Atom feed (RFC 4287) of findings, each with its change in its content.

    Args:
        name: a UUID that is the desk's own.
        latest: the newest first.
    """
    updated = str(latest[0].record["found"]) if latest else "1970-01-01T00:00:00Z"
    entries = "".join(_entry(one.id, one.record) for one in latest)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"{GENERATOR}\n<title>What Quoth found</title>\n<id>urn:uuid:{name}</id>\n<updated>{updated}</updated>\n"
        f"<author><name>Quoth</name></author>\n{entries}</feed>\n"
    )


def title_of(record: Record) -> str:
    """A finding in one line."""
    report = record["report"]
    where = f"{report['publisher'] or report['title'] or report['id']}" if isinstance(report, dict) else ""
    words = _in_marks(str(record["words"]))
    if record["kind"] == FINDING:
        later = " in a later version" if isinstance(report, dict) and report["later_version"] else ""
        confidence = record["confidence"]
        sure = f" ({confidence:.2f})" if isinstance(confidence, float) else ""
        return f"{record['grade']}{later}{sure}: {words} — {where}"
    what = "corrected in a later version" if record["kind"] == CORRECTION else "withdrawn"
    return f"{what}: {words} — {where}"


def _in_marks(words: str) -> str:
    """Words in one pair of quotation marks, those within single: “We paid ‘in full’ in May”; two quotations stay."""
    inner = words.strip(_MARKS)
    first = _DOUBLE.search(inner)
    if first is not None and first[0] in "”»":
        return words.strip()
    return f"“{_DOUBLE.sub(_single, inner)}”"


def _single(mark: re.Match[str]) -> str:
    before = mark.string[mark.start() - 1 : mark.start()]
    opens = mark[0] in "“«„" or (mark[0] == '"' and (not before or before in " ("))
    return "‘" if opens else "’"


def _entry(id_: str, record: Record) -> str:
    report = record["report"]
    url = str(report.get("url") or "") if isinstance(report, dict) else ""
    link = f'<link rel="alternate" href="{_xml(url)}"/>' if re.match(r"https?://", url) else ""
    name = uuid.uuid5(uuid.NAMESPACE_OID, id_)
    return (
        f"<entry>\n<id>urn:uuid:{name}</id>\n<title>{_xml(title_of(record))}</title>\n{link}"
        f'<updated>{record["found"]}</updated>\n<category term="{_xml(str(record["kind"]))}"/>\n'
        f'<content type="html">{_xml(_content(record))}</content>\n</entry>\n'
    )


def _content(record: Record) -> str:
    """A finding as HTML: the report's words, the source's, each change, the reason."""
    parts = [f"<p>{html.escape(str(record['speaker'] or 'Somebody'))}, as reported:</p>"]
    parts.append(f"<blockquote>{html.escape(str(record['words']))}</blockquote>")
    passages = record.get("passages")
    sources = record.get("sources")
    called = {one["id"]: one["title"] or one["id"] for one in sources} if isinstance(sources, list) else {}
    for one in passages if isinstance(passages, list) else ():
        name = html.escape(str(called.get(one["source"], one["source"])))
        parts.append(f"<p>{name} has:</p><blockquote>{html.escape(one['words'])}</blockquote>")
    earlier = record.get("earlier")
    changes = earlier["changes"] if isinstance(earlier, dict) else record.get("changes")
    shown = [_change(one) for one in changes or () if one["material"]] if isinstance(changes, list) else []
    if shown:
        head = "<p>What was found before:</p>" if earlier else ""
        parts.append(f"{head}<ul>{''.join(shown)}</ul>")
    parts.append(f"<p>{html.escape(str(record['reason']))}</p>")
    if now := record.get("words_now"):
        parts.append(f"<p>It now has:</p><blockquote>{html.escape(str(now))}</blockquote>")
    return "".join(parts)


def _change(change: dict[str, object]) -> str:
    original, reported = (html.escape(str(change[side] or "")) for side in ("original", "reported"))
    words = f"<del>{original}</del> " if original else ""
    words += f"<ins>{reported}</ins>" if reported else ""
    return f"<li>{html.escape(str(change['kind']))}: {words}</li>"


def _xml(text: str) -> str:
    return html.escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", text))
