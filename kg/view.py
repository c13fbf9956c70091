"""A perspective with every feature as a method: what ``graph.perspective(...)`` gives."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kg.dates import first_day, last_day
from kg.notebook import Listing, html_table
from kg.perspective.view import Perspective

if TYPE_CHECKING:
    import networkx

    from kg.claims.model import Claim
    from kg.compare.model import Comparison
    from kg.disputes.model import Dispute
    from kg.networks.path import Step
    from kg.perspective.facts import Fact, ThingName
    from kg.perspective.offices import OfficeHeld
    from kg.timeline import Entry
    from kg.treaties.model import Treaty


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a perspective has on one thing; ``claims`` are those that speak of it."""

    iri: str
    label: str
    types: tuple[str, ...]
    names: tuple[ThingName, ...]
    offices: tuple[OfficeHeld, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]

    def _repr_html_(self) -> str:
        rows = [(f"{name.kind} ({name.lang})", name.text, "") for name in self.names]
        rows += [
            (
                f"<- {fact.property_label}" if fact.inverse else fact.property_label,
                fact.label,
                _who(fact.claims),
            )
            for fact in self.facts
        ]
        return html_table(("", "", "claimed by"), rows, title=self.label)


class View(Perspective):
    """What some party, or anyone, holds true, as known on a date, with all that can be asked of it.

    Where a method takes a thing, it takes a name, a CURIE or an IRI; where it takes a day, a date or a text.
    """

    def claims(
        self,
        *,
        about: str | None = None,
        by: str | None = None,
        stance: str | None = None,
        limit: int | None = None,
    ) -> Listing[Claim]:
        """The claims that are held, by date and then IRI; with ``limit`` the first of them.

        ``about``: those that speak of this thing. ``by``: those of this party, or of who speaks for it.
        ``stance``: those on which somebody - with ``by``: that party - takes a stance of this type.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name, unknown-stance.
        """
        found = super().claims(about=about, by=by, stance=stance, limit=limit)
        return Listing(found, columns=("date", "claimant", "for", "claim", "source"), cells=_claim_cells)

    def show(self, thing: str) -> Sheet:
        """All there is on one thing.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name.
        """
        from kg.perspective.offices import offices_held

        iri = self.resolve(thing)
        near = self.near(iri)
        claims = near.claims(about=iri)
        return Sheet(
            iri,
            near.label(iri),
            near.types(iri),
            tuple(near.names(iri)),
            tuple(offices_held(near, iri, known=claims)),
            tuple(near.statements(iri)),
            tuple(claims),
        )

    def timeline(
        self,
        *,
        about: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        limit: int | None = None,
    ) -> Listing[Entry]:
        """Events, treaty acts, states and statements in order of time; see :func:`kg.timeline.timeline`.

        With ``limit`` the first of them, and no more claims are read than these tell of.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name, bad-date.
        """
        from kg.timeline import timeline

        found = timeline(self, about=about, since=first_day(since), until=last_day(until), limit=limit)
        return Listing(found, columns=("date", "kind", "what", "told by"), cells=_entry_cells)

    def path(self, a: str, b: str, *, limit: int = 5) -> list[list[Step]]:
        """The shortest chains of relations between two things; none where nothing connects them.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name.
        """
        from kg.networks.path import shortest_chains
        from kg.networks.projection import relations

        start, end = self.resolve(a), self.resolve(b)
        return shortest_chains(relations(self, also=(start, end)), start, end, limit=limit)

    def treaties(self, treaty: str | None = None, *, on: date | str | None = None) -> list[Treaty]:
        """The treaties, or one, with the status on a day; see :func:`kg.treaties.treaties`.

        Without ``on`` the day is that for which, else as of which, the perspective was taken.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name, bad-date.
        """
        from kg.treaties.reading import treaties

        asked = None if treaty is None else self.resolve(treaty)
        day = last_day(on) or self.definition.on or self.definition.as_of
        return treaties(self, treaty=asked, on=day, lang=self.lang)

    def disputes(
        self, *, about: str | None = None, of: Sequence[str] = (), limit: int | None = None
    ) -> list[Dispute]:
        """Where parties contradict each other, the newest conflict first; see :func:`kg.disputes.find.disputes`.

        ``about``: those on a thing. ``of``: those in which one of these parties takes a side. With ``limit``
        the first of them, which takes no longer in a large store than in a small one.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name; one-sided-disputes, for a perspective of a party.
        """
        from kg.disputes.find import disputes

        return disputes(self, about=about, of=of, limit=limit)

    def compare(self, other: Perspective, *, limit: int | None = None) -> Comparison:
        """Where this perspective and another agree, differ, or one is silent; of one party, what changed.

        With ``limit`` the first of all and of each verdict, beside how many there are.

        :raises UsageError: compare-stores.
        """
        from kg.compare.sides import compare

        return compare(self, other, limit=limit)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """The network of relations; every edge keeps its claims."""
        from kg.networks.projection import relations

        return relations(self)

    def network(self, name: str = "relations", *, on: date | str | None = None) -> networkx.MultiDiGraph[str]:
        """Relations, obligations (``on`` a day), opponents, statements, meetings or agreement, with their claims.

        :raises UsageError: unknown-network, bad-date.
        """
        from kg.networks.catalogue import network

        return network(self, name, on=on)

    def serialize(self, format: str = "trig", *, limit: int | None = None) -> bytes:
        """The perspective as RDF, as the network of its relations or as a table; same data, same bytes.

        Formats are trig, nquads and jsonld, which keep each claim in its graph; turtle, ntriples and rdfxml,
        merged; graphml and gexf, the network; csv, a row for each triple and claim, ``limit`` at most.
        States and places that nothing speaks of are left out.

        :raises UsageError: unknown-format.
        """
        from kg.exporters.formats import NETWORKS, known_format

        if known_format(format) in NETWORKS:
            from kg.exporters.network_files import write_network

            return write_network(self.to_networkx(), format=format)
        if format == "csv":
            from kg.exporters.tables import write_table

            return write_table(self, limit=limit)
        from kg.exporters.rdf import write_rdf
        from kg.perspective.idle import idle

        left_out = idle(self)
        told = (q for q in self.quads() if getattr(q.subject, "value", "") not in left_out)
        return write_rdf(told, format=format)

    def export(self, file: str | os.PathLike[str], *, format: str | None = None) -> Path:
        """Write it to a file, whole or not at all; without a format the ending of the name tells.

        :raises UsageError: unknown-format, cannot-write.
        """
        from kg.exporters.formats import format_of
        from kg.whole_file import write_whole

        return write_whole(file, self.serialize(format or format_of(file)))

    def page(
        self,
        file: str | os.PathLike[str],
        *,
        things: Sequence[str] = (),
        depth: int = 1,
        limit: int | None = None,
        title: str = "",
        lang: str | None = None,
        lite: bool = False,
        texts: Mapping[Path, str] | None = None,
    ) -> Path:
        """Write the interactive page: of everything, or of what lies within ``depth`` relations of things.

        It holds what every party says on every day, and shows this perspective when it is opened. ``lite``:
        only that, as a picture and a table, without a script. ``texts``: files with the IRI of the source whose
        text they are, or with nothing where their hash tells; their passages are quoted.

        :raises NotFoundError: unknown-name.
        :raises UsageError: ambiguous-name, unknown-language, cannot-write, not-on-record.
        """
        from kg.page.document import write

        chosen = [self.resolve(thing) for thing in things]
        return write(
            self,
            file,
            lang=lang,
            things=chosen,
            depth=depth,
            limit=limit,
            title=title,
            lite=lite,
            texts=texts,
        )


def _who(claims: Sequence[Claim]) -> str:
    """Who makes these claims, each once."""
    return "; ".join(dict.fromkeys(claim.claimant.label for claim in claims))


def _claim_cells(claim: Claim) -> tuple[object, ...]:
    return claim.stated_on, claim.claimant, claim.on_behalf_of, claim.text, claim.source


def _entry_cells(entry: Entry) -> tuple[object, ...]:
    return entry.date, entry.kind, entry.label, _who(entry.claims)
