"""What the readers of office documents and PDFs share: the confined process, and XML in ZIP archives."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from quoth.processes.confined import Exhausted, Refused, confined
from quoth.reading.raw import LARGEST_PART, Raw
from quoth.types import MissingPart, UnusableInput

_SECONDS = 60.0
Element = Any  # of lxml, which has no types


def parsed(
    function: str, raw: Raw, what: str, *, needs: str | None = None, seconds: float = _SECONDS
) -> Mapping[str, Any]:
    """What a function makes of some bytes in the confined process.

    Args:
        function: `module:name`.
        raw: the bytes.
        what: what they are: "a PDF file".
        needs: the module of the extra `formats` that it needs.
        seconds: of processor time that it may take.

    Raises:
        MissingPart: the extra is not installed.
        UnusableInput: the bytes are damaged, or take too much time or memory.
    """
    if needs and find_spec(needs) is None:
        raise MissingPart(f'{raw.name}: reading {what} needs {needs}; `pip install "quoth[formats]"` brings it.')
    try:
        found = confined(function, raw.data, seconds=seconds)
    except Refused as error:
        raise UnusableInput(f"{raw.name}: this is {what}; {error}.") from error
    except Exhausted as error:
        raise UnusableInput(f"{raw.name}: this is {what}; it was not read, for {error}.") from error
    assert isinstance(found, dict)
    return found


class XmlArchive:
    """A ZIP archive whose members are XML; called in the confined process alone."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise ValueError("it is damaged") from error
        self._left = LARGEST_PART
        self.names = frozenset(self._zip.namelist())

    def root(self, name: str) -> Element:
        """The root element of a member; None where there is no such member.

        Raises:
            ValueError: it is locked, damaged, or too large.
        """
        if name not in self.names:
            return None
        try:
            member = self._zip.getinfo(name)
            if member.flag_bits & 1:
                raise ValueError("it is locked with a password; save it without one first")
            with self._zip.open(member) as file:
                data = file.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise ValueError("it is damaged") from error
        self._left -= len(data)
        if self._left < 0:
            raise ValueError(f"the text in it is larger than {LARGEST_PART // 1024**2} MiB unpacked")
        return root_of(data)


def root_of(data: bytes) -> Element:
    """The root element of some XML, no entity of which is resolved; called in the confined process alone.

    Raises:
        ValueError: it is damaged.
    """
    from lxml import etree  # noqa: PLC0415  # heavy

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("it is damaged") from error


def local(element: Element) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
