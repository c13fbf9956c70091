"""Excerpts of a remote store in the user's cache: each an ordinary generation, made once for each load and focus."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from kg.errors import UsageError
from kg.store import slices
from kg.store.excerpt import Focus, excerpt
from kg.store.excerpt_asked import Asked
from kg.store.foedus import read_excerpt
from kg.store.marker import Marker, read_marker, refuse_unfinished
from kg.store.mirror import Build, Origin, folder_of, kept_or_made
from kg.store.ontology_there import ontology_there
from kg.store.remote import Remote
from kg.store.remote_faults import unclear
from kg.store.rows_there import hearing
from kg.store.snapshot import Snapshot

#: The most quads of an excerpt; ``KG_EXCERPT_QUADS`` says otherwise.
LIMIT = 1_000_000


def excerpt_of(remote: Remote, marker: Marker, focus: Focus, build: Build) -> Snapshot:
    """What lies there around a focus, made when it is not in the cache.

    :raises StoreError: remote-unfinished, remote-too-large, and what a query raises; store-write.
    :raises UsageError: bad-mirror-quads.
    """
    wanted = _named(marker, focus)

    def fetched(folder: Path) -> None:
        refuse_unfinished(remote, marker)
        text = _read(remote, marker, focus)
        if read_marker(remote).state != marker.state:
            raise unclear(remote.address, "it was loaded into since it was opened")
        build(folder, text, Origin(wanted.identifier))

    return kept_or_made(folder_of(remote, part=repr(focus)), wanted, fetched)


def most() -> int:
    """The most quads that an excerpt may have.

    :raises UsageError: bad-mirror-quads.
    """
    given = os.environ.get("KG_EXCERPT_QUADS") or str(LIMIT)
    if not given.isdecimal():
        raise UsageError(
            f"KG_EXCERPT_QUADS is {given!r}", mend="give a whole number of quads", rule="bad-mirror-quads"
        )
    return int(given)


def _read(remote: Remote, marker: Marker, focus: Focus) -> slices.Text:
    if remote.engine.is_foedus:  # its endpoint shows what is held, and an excerpt needs the rest too
        return read_excerpt(remote, focus, most())
    with hearing(remote):
        found = excerpt(Asked.there(remote), focus, most=most(), name=remote.address)
    return slices.write([*found, *ontology_there(remote, marker)])


def _named(marker: Marker, focus: Focus) -> Marker:
    """The marker of an excerpt, whose hash is of what it is an excerpt of, and of the focus."""
    key = f"{marker.identifier}\n{focus!r}"
    return Marker(sha256(key.encode()).hexdigest() if marker.identifier else "", marker.coming)
