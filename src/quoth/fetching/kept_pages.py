"""Pages kept as they were retrieved: a WARC file (ISO 28500, version 1.1) each, with address, time and hash.

The bytes are those that came over the connection, header lines and packing included, of every redirect on the way.
"""

import gzip
import hashlib
import os
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from quoth.types import OutputFailed

_VERSION = "WARC/1.1"
_TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(slots=True)
class Exchange:
    """One answer as it comes over the connection.

    Attributes:
        address: what was asked for.
        raw: all bytes of the answer, as they came.
        host_address: the address that was connected to.
        time: when it was asked for (UTC).
    """

    address: str
    raw: bytearray
    host_address: str
    time: datetime


def keep(folder: str, exchanges: Sequence[Exchange], body: bytes) -> str:
    """Write the answers that led to a page into a WARC file of their own.

    Args:
        folder: where; made if it is not there.
        exchanges: redirects and the page itself, in order.
        body: the page, unpacked; its hash is in the name and in the sentence.

    Returns:
        A sentence: from where, when, which hash, and in which file.

    Raises:
        OutputFailed: it cannot be written.
    """
    last = exchanges[-1]
    digest = hashlib.sha256(body).hexdigest()
    name = f"{last.time:%Y%m%dT%H%M%SZ}-{digest[:16]}-{secrets.token_hex(2)}.warc.gz"
    records = [_info(last.time), *(_response(one) for one in exchanges)]
    target = Path(folder, name)
    beside = target.with_name(f".{name}.part")
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with beside.open("xb") as file:
            file.write(b"".join(gzip.compress(record, mtime=0) for record in records))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        raise OutputFailed(f"{folder}: the page cannot be kept there ({error.strerror or error}).") from error
    return f"Retrieved from {last.address} at {last.time:{_TIME}}; SHA-256 {digest}; kept in {target}."


def _info(time: datetime) -> bytes:
    said = b"software: Quoth\r\nformat: WARC File Format 1.1\r\n"
    return _record("warcinfo", time, said, {"Content-Type": "application/warc-fields"})


def _response(one: Exchange) -> bytes:
    known = {"WARC-Target-URI": one.address, "WARC-IP-Address": one.host_address}
    return _record(
        "response", one.time, bytes(one.raw), {**known, "Content-Type": "application/http; msgtype=response"}
    )


def _record(kind: str, time: datetime, block: bytes, more: dict[str, str]) -> bytes:
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Date": f"{time:{_TIME}}",
        "WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        **{name: value for name, value in more.items() if value},
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{_VERSION}\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
