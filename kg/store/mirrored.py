"""A remote store as a snapshot: a copy of it or, where it is too large to be copied, excerpts around what is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path

from kg.store import manifest
from kg.store.excerpt import Focus
from kg.store.excerpts import excerpt_of
from kg.store.fetch import limit, size_there
from kg.store.lock import mark_as_read
from kg.store.marker import Marker
from kg.store.mirror import Build, folder_of, kept, mirror
from kg.store.remote import Remote
from kg.store.snapshot import Snapshot

#: Makes the index of names of a remote store that is too large to be copied, and says where it is.
Names = Callable[["Mirrored"], Path]


class Mirrored(Snapshot):
    """A remote store as a snapshot: what is read of it beyond queries is fetched when it is first asked for."""

    def __init__(
        self, remote: Remote, marker: Marker, build: Build, names: Names, announce: Callable[[], None]
    ) -> None:
        self.remote = remote
        self.marker = marker
        self._names = names
        self._excerpts: dict[Focus, Snapshot] = {}
        self._size: Callable[[], int] = partial(_size_to_copy, remote, marker)
        self._excerpt: Callable[[Focus], Snapshot] = partial(excerpt_of, remote, marker, build=build)
        self._fetched: Callable[[], Snapshot] = partial(mirror, remote, marker, build, announce=announce)

    @cached_property
    def is_large(self) -> bool:
        """Whether it is too large to be copied.

        :raises StoreError: whatever a query raises.
        """
        return self._size() > limit()

    def around(self, focus: Focus) -> Snapshot:
        """The same, or an excerpt of it where it is too large to be copied.

        :raises StoreError: remote-too-large, remote-unfinished, and whatever a query raises; store-write.
        """
        if not self.is_large:
            return self
        if focus not in self._excerpts:
            self._excerpts[focus] = self._excerpt(focus)
        return self._excerpts[focus]

    def names(self) -> Path:
        """The file of the look-up index.

        :raises StoreError: remote-too-large, and whatever a query raises; store-write.
        """
        return self._names(self) if self.is_large else super().names()

    def __getattr__(self, name: str) -> object:
        # Only what is missing is asked for here: all that a snapshot has, until there is one.
        if name.startswith("__") or "generation" in self.__dict__:
            raise AttributeError(name)
        generation = self._fetched().generation
        descriptor = mark_as_read(generation / manifest.NAME)
        super().__init__(generation, manifest.read(generation), descriptor)
        return getattr(self, name)


def _size_to_copy(remote: Remote, marker: Marker) -> int:
    """How many quads have to be copied; none when the copy is there. Without a marker there are no excerpts."""
    if not marker.identifier or kept(folder_of(remote), marker):
        return 0
    return size_there(remote, known=marker.quads)
