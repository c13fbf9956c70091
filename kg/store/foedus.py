"""A store behind our own service: it says which store it is, and gives all of it as text, in pieces."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import NamedTuple
from urllib.parse import urlencode

from kg.store import slices
from kg.store.excerpt import Focus
from kg.store.remote import Remote
from kg.store.remote_faults import unclear
from kg.store.rows_there import hearing
from kg.store.slices import Text

_QUADS = "application/n-quads"


class Identity(NamedTuple):
    """The hash of what a store was made from, and the bytes of its canonical N-Quads."""

    identifier: str
    bytes: int


def read_identity(remote: Remote) -> Identity:
    """Which store it is now.

    :raises StoreError: remote-unreachable, remote-timeout, remote-refused, remote-answer.
    """
    with hearing(remote):
        found = json.loads(remote.get("store.json", accept="application/json").read())
        return Identity(str(found["identifier"]), int(found["bytes"]))


def read_text(remote: Remote, size: int) -> Text:
    """The text of the store, which has so many bytes; it is taken as it is, and not parsed.

    :raises StoreError: as :func:`read_identity`; remote-answer, when another store is published meanwhile.
    """
    parts: list[bytes] = []
    have, stores = 0, set[str]()
    while have < size:
        body = remote.get(f"store.nq?from={have}", accept=_QUADS)
        part = body.read()
        stores.add(body.headers.get("foedus-store", ""))
        if not part or len(stores) > 1:
            raise unclear(remote.address, "it was loaded into while it was copied")
        parts.append(part)
        have += len(part)
    with hearing(remote):
        return slices.read(b"".join(parts))


def read_excerpt(remote: Remote, focus: Focus, most: int) -> Text:
    """An excerpt of the store, which the service makes itself. ``most``: how many quads it may have.

    :raises StoreError: as :func:`read_identity`; remote-refused, when it has more quads.
    """
    asked = urlencode({"focus": json.dumps(asdict(focus)), "most": most})
    with hearing(remote):
        return slices.read(remote.get(f"excerpt.nq?{asked}", accept=_QUADS).read())
