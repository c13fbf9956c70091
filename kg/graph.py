"""The knowledge graph: open a store, find things, take a perspective, load dossiers; the whole flow."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.dates import last_day
from kg.errors import UsageError
from kg.store.address import is_address
from kg.store.connect import MEMORY as MEMORY
from kg.store.connect import SHIPPED as SHIPPED
from kg.store.connect import open_shipped, store_location
from kg.store.embedded import damaged, unreadable
from kg.store.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    from kg.claims.model import Claim
    from kg.loading import Loaded
    from kg.lookup.index import NameIndex
    from kg.lookup.search import Match
    from kg.notebook import Listing
    from kg.perspective.definition import Definition
    from kg.rdf.trig import Quad
    from kg.store.answers import Boolean, Solutions, Triples
    from kg.store.excerpt import Focus
    from kg.view import Sheet, View


def open(
    location: str | os.PathLike[str] | None = None,
    *,
    lang: str = "en",
    announce: Callable[[], None] = lambda: None,
) -> KnowledgeGraph:
    """Open a store: a folder, the address of a SPARQL endpoint, ``":memory:"``, or ``":shipped:"``.

    Without a location: ``KG_STORE``, else ``./store.kg``, else the shipped dossier, whose store is built
    at first use in the user's cache; ``announce`` is called before that, and before a remote store is copied.
    One in memory is empty.

    :raises StoreError: no-such-store, store-damaged, store-version, store-write; for an address
        remote-unreachable, remote-timeout, remote-refused, remote-answer, remote-unfinished.
    :raises UsageError: remote-address, bad-timeout.
    """
    where = store_location(location)
    if is_address(where):
        from kg.remote import open_remote

        return KnowledgeGraph(open_remote(where, announce=announce), None, lang=lang)
    if where == MEMORY:
        return _open_memory(lang)
    if where == SHIPPED:
        from kg.loading import shipped

        return KnowledgeGraph(open_shipped(shipped(), announce=announce), None, lang=lang)
    return KnowledgeGraph(open_snapshot(Path(where)), Path(where), lang=lang)


def load(paths: Sequence[str | os.PathLike[str]], *, location: str | os.PathLike[str]) -> Loaded:
    """Add dossiers to a store folder, made when it is not there, or to an endpoint: all of them, or nothing.

    A load into an endpoint that breaks off is seen by whoever opens it, and is finished by repeating it.

    :raises DataError: the rule of the first finding; no-such-file; duplicate-claim.
    :raises StoreError: store-locked, store-write, store-damaged, store-version; for an address also remote-write.
    :raises UsageError: remote-address; shipped-store, for what is no folder.
    """
    where = store_location(location)
    if is_address(where):
        from kg.remote import load_remote

        return load_remote(where, [Path(path) for path in paths])
    if where in (MEMORY, SHIPPED):
        raise UsageError(
            f"nothing can be loaded into '{where}'", mend="give a folder with --store", rule="shipped-store"
        )
    from kg.loading import load as load_into

    return load_into(Path(where), [Path(path) for path in paths])


class KnowledgeGraph:
    """An open store. What it answers stays as it was when it was opened, whatever is loaded by others."""

    def __init__(self, snapshot: Snapshot, folder: Path | None, *, lang: str) -> None:
        self.lang = lang
        self._snapshot = snapshot
        self._folder = folder

    def perspective(
        self,
        *,
        according_to: str | Sequence[str] = (),
        as_of: date | str | None = None,
        on: date | str | None = None,
        undisputed: bool = False,
        disputed: bool = False,
        exactly: bool = False,
        infer: bool = False,
    ) -> View:
        """What the parties (or anyone) hold, as public by ``as_of``, of what holds ``on`` a day.

        ``exactly``: what the parties say themselves or by name, without those who speak for them.
        ``infer``: also what follows from each claim by itself, and the ontology; never from two together.
        A day may be given as YYYY, YYYY-MM or YYYY-MM-DD; a year or month means its last day.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name, bad-date, opposite-options.
        """
        from kg.perspective.definition import Definition

        parties = [according_to] if isinstance(according_to, str) else according_to
        definition = Definition(
            according_to=tuple(sorted({self.resolve(party) for party in parties})),
            as_of=last_day(as_of),
            on=last_day(on),
            undisputed=undisputed,
            disputed=disputed,
            exactly=exactly,
            infer=infer,
        )
        return self._view(definition)

    def find(
        self, name: str, *, types: Sequence[str] = (), lang: str | None = None, limit: int = 20
    ) -> list[Match]:
        """The things that a name may mean, best first; ``types`` are classes.

        :raises UsageError: unknown-type.
        """
        return self._index.search(name, types=types, lang=lang, limit=limit)

    def resolve(self, text: str, *, types: Sequence[str] = ()) -> str:
        """The IRI of the one thing that a name, CURIE or IRI means.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name.
        """
        if self._snapshot.is_large and "_index" not in self.__dict__:
            from kg.remote import known_there

            if found := known_there(self._snapshot, text, types=types):
                return found
        return self._index.resolve(text, types=types)

    def show(self, thing: str, *, view: View | None = None) -> Sheet:
        """All there is on one thing, in the default perspective or another.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name.
        """
        return (view or self.perspective()).show(thing)

    def claims(
        self,
        *,
        about: str | None = None,
        by: str | None = None,
        stance: str | None = None,
        limit: int | None = None,
    ) -> Listing[Claim]:
        """The claims of the default perspective; see :meth:`kg.view.View.claims`."""
        return self.perspective().claims(about=about, by=by, stance=stance, limit=limit)

    def query(self, text: str) -> Solutions | Boolean | Triples:
        """Run a SPARQL query over the default perspective.

        :raises UsageError: bad-query, query-update, query-service, query-failed.
        """
        return self.perspective().query(text)

    def quads(self) -> Iterator[Quad]:
        """All that is stored, graph by graph: also what was retracted or superseded, which no one holds."""
        from kg.store.snapshot import all_quads

        yield from all_quads(self._snapshot)

    @property
    def identifier(self) -> str:
        """A hash of what the store was made from: of two stores with the same one, the answers are the same."""
        return self._snapshot.manifest.input

    @property
    def size(self) -> int:
        """The bytes of all that is stored, as canonical N-Quads."""
        return len(self._snapshot.text())

    def text(self, start: int = 0, length: int | None = None) -> bytes:
        """All that is stored as canonical N-Quads; or from a byte on about ``length`` bytes, in whole lines."""
        content = self._snapshot.text()
        if length is None or start + length >= len(content):
            return content[start:]
        return content[start : content.find(b"\n", start + length) + 1]

    def excerpt(self, focus: Focus, *, most: int) -> bytes:
        """Of what is stored as much as look-ups around a focus read, as canonical N-Quads: ``most`` quads at most.

        :raises StoreError: remote-too-large, when they are more.
        """
        from kg.perspective.excerpt_here import excerpt_here

        return excerpt_here(self._snapshot, focus, most=most)

    def load(self, paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]]) -> Loaded:
        """Add dossiers to this store, all or nothing; perspectives taken before stay as they are.

        :raises DataError: the rule of the first finding; no-such-file; duplicate-claim.
        :raises StoreError: store-locked, store-write; remote-write.
        :raises UsageError: shipped-store, for the store of the shipped dossier, which nobody writes.
        """
        several = [paths] if isinstance(paths, str | os.PathLike) else paths
        remote = self._snapshot.remote
        loaded = load(several, location=remote.address if remote else self._folder or SHIPPED)
        self.__dict__.pop("_index", None)
        if remote:
            self._snapshot = open(remote.address)._snapshot
        else:
            assert self._folder is not None
            self._snapshot = open_snapshot(self._folder)
        return loaded

    def close(self) -> None:
        """Nothing needs it; it says that one is done."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def _index(self) -> NameIndex:
        from kg.lookup.index import NameIndex

        file = self._snapshot.names()
        try:
            return NameIndex.load(file)
        except PermissionError as cause:
            raise unreadable(self._snapshot.generation.parent, cause) from cause
        except (OSError, ValueError) as cause:
            raise damaged(self._snapshot.generation.parent, f"its {file.name} cannot be read") from cause

    def _view(self, definition: Definition) -> View:
        from kg.perspective.dataset import Dataset
        from kg.view import View

        return View(Dataset(self._snapshot, definition), resolve=self.resolve, lang=self.lang)


def _open_memory(lang: str) -> KnowledgeGraph:
    """An empty store in a folder that goes with the graph: to a user it is in memory."""
    import shutil  # these two are slow to import, and few need them
    import tempfile

    from kg.loading import make_empty

    folder = Path(tempfile.mkdtemp(prefix="foedus-"))
    try:
        make_empty(folder)
        graph = KnowledgeGraph(open_snapshot(folder), folder, lang=lang)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    # Perspectives hold the graph through their resolver, so the folder stays as long as anything is read.
    weakref.finalize(graph, shutil.rmtree, folder, ignore_errors=True)
    return graph
