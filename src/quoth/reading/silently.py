"""trafilatura, imported without the use of the network that comes with it.

It brings urllib3, which tries at import whether this machine has IPv6, by binding a socket. Quoth opens none.
"""

import socket
import sys
from functools import lru_cache
from types import ModuleType

_PROBED = "urllib3.util.connection"


@lru_cache(maxsize=1)
def trafilatura() -> ModuleType:
    """The module, imported when the first page is read."""
    known, has_ipv6 = _PROBED in sys.modules, socket.has_ipv6
    try:
        if not known:
            socket.has_ipv6 = False
        import trafilatura as module  # noqa: PLC0415
    finally:
        socket.has_ipv6 = has_ipv6
    if not known and _PROBED in sys.modules:
        sys.modules[_PROBED].HAS_IPV6 = has_ipv6  # type: ignore[attr-defined]  # for whoever uses it beside Quoth
    return module
