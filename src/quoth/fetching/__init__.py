"""Floor 3: addresses and paths to bytes; the only opener of connections.

files  `open_bytes`: a path, `-` or an address
web    `fetch`: an address on the web
"""

from quoth.fetching.files import open_bytes
from quoth.fetching.web import Opened, fetch, is_address

__all__ = ["Opened", "fetch", "is_address", "open_bytes"]
