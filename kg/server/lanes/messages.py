"""What the front and a lane say to each other, a packet each, over a pair of sockets.

To a lane: a lease, with the connection itself as a file descriptor. From it: ``READY`` when it has opened the
store, ``BACK`` for each connection that it returns, and from time to time ``TOLD``, what it has counted.
"""

from __future__ import annotations

import struct
from enum import IntEnum

from kg.server.tally import SECONDS, Tally

#: Bytes of an answer that a lane sends; a larger one is left to the ordinary way, which sends it in parts.
LARGEST = 1 << 16
_LEASE = struct.Struct("<Q")
_BACK = struct.Struct("<BBQ")
_TOLD = struct.Struct(f"<Bd{len(SECONDS) + 1}Q")


class Kind(IntEnum):
    """The first byte of what a lane says."""

    READY = 0
    BACK = 1
    TOLD = 2


class Back(IntEnum):
    """What comes with a connection that goes back."""

    UNREAD = 0  # bytes of a request that was not answered; none when it is merely idle
    UNSENT = 1  # the rest of an answer that the client has not taken yet


def lease(number: int, client: str) -> bytes:
    """What goes with a connection that is lent."""
    return _LEASE.pack(number) + client.encode()


def lent(message: bytes) -> tuple[int, str]:
    """The number and the client of a lease.

    >>> lent(lease(7, "127.0.0.1"))
    (7, '127.0.0.1')
    """
    (number,) = _LEASE.unpack_from(message)
    return number, message[_LEASE.size :].decode()


def back(number: int, how: Back, data: bytes) -> bytes:
    """A connection goes back."""
    return _BACK.pack(Kind.BACK, how, number) + data


def given_back(message: bytes) -> tuple[int, Back, bytes]:
    """The number of the lease, what comes with it, and its bytes.

    >>> given_back(back(7, Back.UNSENT, b"..."))
    (7, <Back.UNSENT: 1>, b'...')
    """
    _, how, number = _BACK.unpack_from(message)
    return number, Back(how), message[_BACK.size :]


def tally(counted: Tally) -> bytes:
    """What was counted."""
    return _TOLD.pack(Kind.TOLD, counted.seconds, *counted.buckets)


def told(message: bytes) -> tuple[float, tuple[int, ...]]:
    """The seconds, and the requests of each bucket.

    >>> counted = Tally()
    >>> counted.add(0.002)
    >>> told(tally(counted))
    (0.002, (0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    """
    _, seconds, *buckets = _TOLD.unpack(message)
    return seconds, tuple(buckets)
