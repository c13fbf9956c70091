"""What front and worker say to each other: frames of a kind, a length and a payload, over a socket pair.

To a worker: ``TASK``. From it: ``READY`` once it has opened the store, ``STARTED`` when the perspective of the
task is made, then ``WHOLE`` (a head and the whole answer), or ``HEAD``, any number of ``DATA`` and ``END``; in
place of any of these ``FAULT``. A head or a fault is JSON behind its length, with bytes after it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping, Sequence

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

TASK, READY, STARTED, WHOLE, HEAD, DATA, END, FAULT = range(8)
_FRAME = struct.Struct(">BI")
_LENGTH = struct.Struct(">I")


def frame(kind: int, *parts: bytes) -> bytes:
    """One message."""
    return b"".join((_FRAME.pack(kind, sum(map(len, parts))), *parts))


def with_head(kind: int, head: bytes, body: bytes = b"") -> bytes:
    """A message of a JSON head and bytes."""
    return b"".join((_FRAME.pack(kind, 4 + len(head) + len(body)), _LENGTH.pack(len(head)), head, body))


def split_head(payload: bytes) -> tuple[dict[str, Json], bytes]:
    """The JSON head of a message and its bytes.

    >>> split_head(with_head(WHOLE, b'{"status": 200}', b"yes")[5:])
    ({'status': 200}, b'yes')
    """
    end = 4 + _LENGTH.unpack_from(payload)[0]
    head = json.loads(payload[4:end])
    assert isinstance(head, dict)
    return head, payload[end:]


def encode(data: Mapping[str, Json]) -> bytes:
    """JSON in one form: equal data give equal bytes."""
    return json.dumps(data, separators=(",", ":"), sort_keys=True).encode()


class Frames:
    """Bytes as they come, cut into messages.

    >>> frames = Frames()
    >>> list(frames.feed(frame(DATA, b"ab")[:4])), list(frames.feed(frame(DATA, b"ab")[4:]))
    ([], [(5, b'ab')])
    """

    def __init__(self) -> None:
        self._left = b""

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The messages that are whole now."""
        data = self._left + data if self._left else data
        at = 0
        while len(data) - at >= _FRAME.size:
            kind, length = _FRAME.unpack_from(data, at)
            end = at + _FRAME.size + length
            if len(data) < end:
                break
            yield kind, data[at + _FRAME.size : end]
            at = end
        self._left = data[at:]
