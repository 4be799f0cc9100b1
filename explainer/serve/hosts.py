"""Which names the preview answers to, so that no other site can read it through a browser."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from msgspec import Struct

_AUTHORITY = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::\d{1,5})?")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_EVERY_ADDRESS = ("0.0.0.0", "::", "")


class KnownHosts(Struct, frozen=True):
    """The names that may stand in a Host header, with any port: a tunnel may change that.

    Another site can make its own name lead here, but it can't make a browser say ours.
    ``every_address`` allows all that are numbers, which no name can pretend to be.
    """

    names: frozenset[str]
    every_address: bool = False

    def knows(self, authority: str) -> bool:
        """Whether a Host header is one of ours."""
        match = _AUTHORITY.fullmatch(authority.lower())
        if match is None:
            return False
        name = match["six"] or match["name"]
        return name in self.names or (self.every_address and is_address(name))

    def same_origin(self, origin: str, authority: str) -> bool:
        """Whether a page of `origin` was served by us, as `authority`."""
        parts = urlsplit(origin)
        return parts.scheme in ("http", "https") and parts.netloc.lower() == authority.lower()


def hosts_of(host: str) -> KnownHosts:
    """The names of a server that listens on `host`."""
    if host not in _EVERY_ADDRESS:
        return KnownHosts(frozenset((*_LOOPBACK, host.lower())))
    machine = socket.gethostname().lower()
    return KnownHosts(frozenset((*_LOOPBACK, machine, f"{machine}.local")), every_address=True)


def is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_private(host: str) -> bool:
    """Whether nobody but this machine can reach a server that listens on `host`."""
    return host == "localhost" or (is_address(host) and ipaddress.ip_address(host).is_loopback)


def url_of(host: str, port: int) -> str:
    """The address to open in this machine's browser."""
    name = "127.0.0.1" if host in ("0.0.0.0", "") else "::1" if host == "::" else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
