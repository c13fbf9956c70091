"""The dataset behind a perspective: made when it is first read, whole or near one thing."""

from __future__ import annotations

import os
import weakref
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store
from pyoxigraph import __version__ as engine

from kg.perspective.definition import Definition
from kg.perspective.ledger import Ledger
from kg.perspective.voices import Voices
from kg.store.snapshot import COMMON_GRAPHS, LARGE, Snapshot
from kg.version import VERSION

if TYPE_CHECKING:
    from kg.store.answers import Boolean, Solutions, Triples


class Dataset:
    """The graphs that a perspective holds, of all claims that it admits or of those near a thing."""

    def __init__(self, snapshot: Snapshot, definition: Definition) -> None:
        self.snapshot = snapshot
        self.definition = definition

    def as_said(self) -> Dataset:
        """The same without what follows from what was said."""
        if not self.definition.infer:
            return self
        return Dataset(self.snapshot, replace(self.definition, infer=False))

    def around(
        self,
        things: Iterable[str] = (),
        *,
        speakers: Iterable[str] = (),
        parties: Iterable[str] = (),
        kin: bool = False,
    ) -> Dataset:
        """The same; of a remote store that is too large to be copied an excerpt, see :class:`kg.store.excerpt.Focus`.

        Whatever is asked of anything else of such a store is refused. Around nothing there is no excerpt.
        """
        chosen = (tuple(sorted(set(some))) for some in (things, speakers, parties))
        things, speakers, parties = chosen
        if not (things or speakers or parties) or not self.snapshot.is_large:
            return self
        from kg.store.excerpt import Focus

        snapshot = self.snapshot.around(Focus(things, speakers, parties, kin=kin))
        return Dataset(snapshot, self.definition)

    def near(self, thing: str, *, spoken: bool = False) -> Dataset:
        """As much of it as a look-up about a thing reads; ``spoken``: also what the thing itself speaks of."""
        if self.snapshot.is_large:
            return self.around([thing], speakers=[thing] if spoken else []).near(thing, spoken=spoken)
        if self.definition.is_default and not spoken:  # is there as a whole
            return self
        from kg.perspective.near import admitted_near, is_recorded

        if is_recorded(self.snapshot, thing):  # whether it was public hangs on all that refers to it
            return self

        claims = admitted_near(self.ledger, self.definition, thing, spoken=spoken)
        return _Part(self, claims, near=(thing, spoken))

    def with_claims(self, claims: Collection[int]) -> Dataset:
        """As much of it as a look-up of some claims reads; of these, those that it admits."""
        from kg.perspective.select import select

        names = self.ledger.names(select(self.ledger, self.definition, among=claims))
        return _Part(self, names)

    def with_record(self, claims: Collection[int]) -> Dataset:
        """The same, with the record of those too that it does not admit, as far as it has one."""
        from kg.perspective.select import select

        ledger = self.ledger
        admitted = select(ledger, self.definition, among=claims)
        return _Part(self, ledger.names(admitted), recorded=ledger.names(set(claims) - admitted))

    def know(self, things: Collection[str]) -> None:
        """Have what the reference and the ontology say of these things, if it is a part that may lack it."""

    def in_order(self, among: Collection[int] | None, *, size: int) -> Iterator[list[int]]:
        """The numbers of the claims that it admits, of all or of some, in order of date and IRI, some at a time.

        First about ``size``, then ever more.
        """
        from kg.perspective.select import select

        for some in self.ledger.in_order(size=size, among=among):
            admitted = select(self.ledger, self.definition, among=some)
            yield [number for number in some if number in admitted]

    @cached_property
    def ledger(self) -> Ledger:
        """Who holds what."""
        return Ledger.of(self.snapshot)

    @property
    def speakers(self) -> Voices:
        """Who speaks for whom, by all that anyone claims: it does not hang on the perspective."""
        return self.ledger.speakers

    @cached_property
    def numbers(self) -> Collection[int]:
        """The numbers of all claims that the perspective admits."""
        from kg.perspective.select import select

        return select(self.ledger, self.definition)

    @cached_property
    def admitted(self) -> Collection[str]:
        """Their IRIs, in order."""
        return self.ledger.names(self.numbers)

    @cached_property
    def store(self) -> Store:
        """The whole dataset; the default perspective is there already, any other is made.

        :raises StoreError: store-damaged.
        """
        if self.definition.is_default:
            return self.snapshot.open_store()
        return self._make(is_named=True)

    @cached_property
    def unnamed(self) -> Store:
        """Its default graph alone, for who will not ask for a named one: half the work.

        :raises StoreError: store-damaged, store-write.
        """
        if self.definition.is_default or "store" in self.__dict__ or self._common:
            return self.store
        return self._make(is_named=False)

    def answer(self, text: str, *, name: str = "query") -> Solutions | Boolean | Triples:
        """Run a user's query; where the store is remote, there if the engine can answer it as we do.

        :raises UsageError: bad-query, query-update, query-service, query-failed, query-from.
        :raises StoreError: what asking a remote store raises.
        """
        from kg.store.answers import answer  # a look-up runs no query of a user

        if self.snapshot.remote:
            from kg.perspective.there import answer_there, too_large

            whole = partial(self.around, parties=self.definition.according_to)
            found = answer_there(
                self.snapshot, self.definition, text, admitted=lambda: whole().admitted, name=name
            )
            if found is not None:
                return found
            if self.snapshot.is_large:
                raise too_large(self.snapshot)
        # Only GRAPH reaches a named graph. Whatever may be read as that word counts, in a name or a text too.
        store = self.store if "graph" in text.lower() else self.unnamed
        return answer(store, text, is_scoped=not self.definition.is_default, name=name)

    @property
    def _common(self) -> Path | None:
        """The store of what every perspective holds, if this one holds it too; then half of it costs no less."""
        return None if self.definition.as_of or self.definition.infer else self.snapshot.common()

    @cached_property
    def _is_large(self) -> bool:
        """Whether it is better kept on disk: then another process need not make it again."""
        common = self.snapshot.offsets(COMMON_GRAPHS).values()
        return sum(length for _, length in common) + self.ledger.length(self.numbers) > LARGE

    def _make(self, *, is_named: bool) -> Store:
        from kg.perspective.materialise import materialise, parts

        snapshot, definition = self.snapshot, self.definition
        if len(snapshot.text()) <= LARGE:  # then no part of it is more
            return materialise(snapshot, definition, self.admitted, is_named=is_named)
        from hashlib import sha256

        from kg.store.kept import kept_store, open_kept

        names = [snapshot.manifest.input, VERSION, engine, repr(definition), repr(is_named)]
        key = sha256("\n".join(names).encode()).hexdigest()
        kept = open_kept(key)  # who asks again need not choose again
        if kept is None:
            claims, base = self.admitted, self._common
            if base is None and not self._is_large:
                return materialise(snapshot, definition, claims, is_named=is_named)
            named = (*COMMON_GRAPHS, *self.ledger.silent(claims)) if is_named else ()
            has_common = base is not None
            kept = kept_store(
                key,
                lambda: parts(snapshot, definition, claims, is_named=is_named, has_common=has_common),
                graphs=named,
                base=base,
            )
        weakref.finalize(self, os.close, kept.descriptor)
        return kept.store


class _Part(Dataset):
    """The part of a dataset that has some claims, or all that there are near a thing."""

    def __init__(
        self,
        whole: Dataset,
        claims: Collection[str],
        near: tuple[str, bool] = ("", False),
        *,
        recorded: Collection[str] = (),
    ) -> None:
        super().__init__(whole.snapshot, whole.definition)
        self.ledger = whole.ledger
        self.admitted = claims
        self._whole = whole
        self._near = near
        self._recorded = recorded

    def near(self, thing: str, *, spoken: bool = False) -> Dataset:
        if self._near in ((thing, spoken), (thing, True)):
            return self
        return self._whole.near(thing, spoken=spoken)

    @property
    def _is_whole(self) -> bool:
        """Whether it is read from the whole, which is there; what a thing speaks of is to be found in a part only."""
        return self.definition.is_default and not self._near[1]

    @cached_property
    def store(self) -> Store:
        if self._is_whole:
            return self._whole.store
        from kg.perspective.near import store_near

        return store_near(
            self.snapshot, self.definition, self._near[0], self.admitted, recorded=self._recorded
        )

    @property
    def unnamed(self) -> Store:  # it is small, and must not be kept as if it were the whole
        return self.store

    def know(self, things: Collection[str]) -> None:
        if not self._is_whole:
            from kg.perspective.near import add_things

            add_things(self.store, self.snapshot, self.definition, things)
