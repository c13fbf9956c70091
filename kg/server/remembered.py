"""Answers that were given before: a generation never changes, so what was right for it stays right."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b

from kg.server.stream import Head

Header = tuple[bytes, bytes]
_COST = 512  # of keeping one, besides its bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, ready to be sent."""

    status: int
    headers: list[Header]
    body: bytes
    etag: bytes


def make_answer(head: Head) -> Answer:
    """A whole answer with its headers; its tag is made of its bytes."""
    etag = tag_of(head.media_type, head.body)
    what: list[Header] = [] if not head.media_type else [(b"content-type", head.media_type.encode())]
    if head.status == 200:  # else it tells what was done, and is no state of anything
        what.append((b"etag", etag))
    if head.status != 204:
        what.append((b"content-length", b"%d" % len(head.body)))
    headers = [
        *what,
        *((name.encode("latin-1"), value.encode("latin-1")) for name, value in head.headers),
    ]
    return Answer(head.status, headers, head.body, etag)


def tag_of(media_type: str, body: bytes) -> bytes:
    """The tag of an answer, made of its bytes and what they are."""
    digest = blake2b(body, digest_size=16, person=b"foedus", key=media_type.encode()[:64])
    return b'"%b"' % digest.hexdigest().encode()


class Remembered:
    """Answers by generation and task, up to some bytes; those that were not asked for longest go first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._answers: OrderedDict[tuple[str, bytes], Answer] = OrderedDict()

    def get(self, generation: str, key: bytes) -> Answer | None:
        """The answer that was given, if it is still kept."""
        found = self._answers.get((generation, key))
        if found is not None:
            self._answers.move_to_end((generation, key))
        return found

    def keep(self, generation: str, key: bytes, answer: Answer) -> None:
        """Keep an answer."""
        cost = len(answer.body) + len(key) + _COST
        if cost > self._most // 8 or (generation, key) in self._answers:
            return
        self._answers[generation, key] = answer
        self._size += cost
        while self._size > self._most:
            (_, old), gone = self._answers.popitem(last=False)
            self._size -= len(gone.body) + len(old) + _COST
