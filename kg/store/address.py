"""The address of a SPARQL endpoint as a user gives it: what is one, what is refused, what of it may be shown."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kg.errors import UsageError

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*)://", re.IGNORECASE)


def is_address(location: str) -> bool:
    """Whether a location is an address and no folder.

    >>> is_address("https://example.org/sparql"), is_address("my.kg")
    (True, False)
    """
    return _SCHEME.match(location) is not None


def checked_address(location: str) -> str:
    """The address, when it is one that we can ask.

    :raises UsageError: remote-address, for another scheme, no host, or a password, which is not repeated.
    """
    parts = urlsplit(location)
    if parts.scheme.lower() not in ("http", "https") or not _has_host(location):
        raise UsageError(
            f"'{_shown(location)}' is not the address of an endpoint",
            mend="give one that begins with http:// or https://, or a folder",
            rule="remote-address",
        )
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            f"the address '{_shown(location)}' was given with a name or a password",
            mend="leave it out and set KG_AUTHORIZATION to the value of the header, such as 'Basic ...'",
            rule="remote-address",
        )
    return location.partition("#")[0]


def origin(address: str) -> tuple[str, str, int]:
    """Scheme, host and port: whoever shares them is the same server, and may see what we tell it."""
    parts = urlsplit(address)
    scheme = parts.scheme.lower()
    return scheme, parts.hostname or "", parts.port or (443 if scheme == "https" else 80)


def _has_host(location: str) -> bool:
    parts = urlsplit(location)
    try:
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # the port is no number
        return False


def _shown(location: str) -> str:
    """Without what stands before the host: it may be a secret."""
    return re.sub(r"://[^/?#]*@", "://", location)
