"""The addresses that ``kg serve`` is told of: hosts, origins and proxies, as they are compared with what comes."""

from __future__ import annotations

import re
from ipaddress import ip_network

from kg.errors import UsageError

_NAME = r"[\w-]+(?:\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+\]"
_HOST = re.compile(rf"(?:{_NAME})(?::[0-9]+)?")
_ORIGIN = re.compile(rf"([A-Za-z][A-Za-z0-9+.-]*)://({_NAME})(?::([0-9]{{1,5}}))?", re.ASCII)
_USUAL = {"http": 80, "https": 443}
_MOST_PORTS = 65535


def reachable(host: str) -> str:
    """A host that may be reached, as addresses are compared with it.

    :raises UsageError: bad-option.
    """
    if not _HOST.fullmatch(host):
        what = f"'{host}' is no host that could be reached"
        mend = "give its name and, if it is not the usual one, its port"
        raise UsageError(what, mend=mend, rule="bad-option")
    return host.lower()


def own_name(given: str) -> str:
    """A name that a request may ask for, as it is compared with its header Host.

    >>> own_name("Kg.Example"), own_name("[::1]")
    ('kg.example', '::1')

    :raises UsageError: bad-option.
    """
    if not re.fullmatch(_NAME, given):
        what = f"'{given}' is no name of a host"
        raise UsageError(what, mend="give the name alone, without a port", rule="bad-option")
    return given.lower().strip("[]")


def origin(given: str) -> str:
    """An origin as a browser writes it: in lower case, without the usual port; ``*`` is any.

    >>> origin("HTTPS://Kg.Example:443"), origin("http://localhost:3000"), origin("*")
    ('https://kg.example', 'http://localhost:3000', '*')

    :raises UsageError: bad-option.
    """
    if given == "*":
        return given
    found = _ORIGIN.fullmatch(given)
    if not found or int(found[3] or 1) not in range(1, _MOST_PORTS + 1):
        what = f"'{given}' is no origin of a page"
        mend = "write SCHEME://HOST or SCHEME://HOST:PORT and nothing behind it, or '*' for any"
        raise UsageError(what, mend=mend, rule="bad-option")
    scheme, host = found[1].lower(), found[2].lower()
    port = int(found[3]) if found[3] else _USUAL.get(scheme)
    return f"{scheme}://{host}" + ("" if port == _USUAL.get(scheme) else f":{port}")


def proxy(given: str) -> str:
    """The address, or the network, of a proxy.

    :raises UsageError: bad-option.
    """
    try:
        network = ip_network(given)
    except ValueError as cause:
        what = f"'{given}' is no address of a proxy"
        mend = "give it as numbers: 127.0.0.1, or a network such as 10.0.0.0/8"
        raise UsageError(what, mend=mend, rule="bad-option") from cause
    return str(network) if "/" in given else str(network.network_address)
