"""Addresses and paths to bytes; the only opener of connections.

files       `open_bytes`: a path, `-` or an address
web         `fetch`: an address on the web, given by hand; `retrieve`: the same unless it is as it was
hosts       `Access`: which hosts may be asked; a connection to exactly the address that was checked
transport   HTTP over such connections, redirects too
kept_pages  pages as they were retrieved, in WARC files
robots      what a site lets programs fetch by themselves (RFC 9309)
"""

from quoth.fetching.files import open_bytes
from quoth.fetching.hosts import ALLOWED, KEPT, Access, host_names, settings
from quoth.fetching.robots import Robots
from quoth.fetching.web import Known, Opened, Retrieved, fetch, is_address, retrieve

__all__ = [
    "ALLOWED",
    "KEPT",
    "Access",
    "Known",
    "Opened",
    "Retrieved",
    "Robots",
    "fetch",
    "host_names",
    "is_address",
    "open_bytes",
    "retrieve",
    "settings",
]
