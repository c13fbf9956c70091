"""kg path: the chains of relations that connect two things, each step with the claims behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from kg.claims.model import Claim
from kg.commands import options, output
from kg.commands.claim_cells import disputed_line, sources_line
from kg.commands.options import Reading
from kg.commands.tables import Section
from kg.commands.words import phrase
from kg.errors import NotFoundError, UsageError
from kg.rdf.terms import curie
from kg.shapes.claim import claim_json

if TYPE_CHECKING:
    from kg.networks.path import Step

COLUMNS = ("path", "step", "from", "relation", "to", "claimed by", "denied by", "claims")


@click.command(cls=options.ReadingVerb)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@options.reading(limit=5, limit_help="The most chains to give.")
def command(a: str, b: str, reading: Reading) -> None:
    """Find the shortest chains of relations from A to B, whichever way each relation points.

    Each step shows who claims it, when, and in which source; a step without a claim is a matter of reference,
    such as which state a ministry belongs to. Exit code 1 when no chain connects them.

    \b
    kg path "Kim Jong Un" "Vladimir Putin"
    kg path Gerasimov "North Korea" --according-to Russia --as-of 2025-04-26
    """
    from kg.networks.path import shortest_chains
    from kg.networks.projection import relations

    with options.open_view(reading) as (graph, view):
        start, end = graph.resolve(a), graph.resolve(b)
        if start == end:
            raise UsageError(f"{a!r} and {b!r} name one thing", mend="give two things", rule="bad-option")
        network = relations(view, also=(start, end))
        chains = shortest_chains(network, start, end, limit=reading.limit or 5)
        claims = {claim.iri: claim for claim in view.claims()} if chains else {}
        labels = {
            thing: network.nodes[thing]["label"]
            for chain in chains
            for s in chain
            for thing in (s.start, s.end)
        }
        labels |= view.labels({step.property for chain in chains for step in chain})
    output.write(_answer(chains, claims, labels), format=reading.format, file=reading.output)
    if not chains:
        raise NotFoundError(
            f"no chain of relations connects {a!r} and {b!r}",
            mend="ask with fewer options",
            rule="nothing-found",
        )


def _answer(
    chains: Sequence[Sequence[Step]], claims: Mapping[str, Claim], labels: Mapping[str, str]
) -> output.Answer:
    rows: list[tuple[str, ...]] = []
    sections: list[Section] = []
    data: list[output.Json] = []
    for number, chain in enumerate(chains, 1):
        lines = []
        steps: list[output.Json] = []
        for place, step in enumerate(chain, 1):
            behind = [claims[claim] for claim in step.claims]
            relation = labels[step.property]
            arrow = f"<- {relation} -" if step.inverse else f"- {relation} ->"
            ends = (labels[step.start], arrow, labels[step.end])
            lines.append((*ends, sources_line(behind) or "reference", _denied(behind)))
            told = (sources_line(behind), disputed_line(behind), _ids(behind))
            rows.append((str(number), str(place), *ends, *told))
            steps.append(
                {
                    "from": {"iri": step.start, "label": labels[step.start]},
                    "property": {"iri": step.property, "label": relation},
                    "to": {"iri": step.end, "label": labels[step.end]},
                    "inverse": step.inverse,
                    "claims": [claim_json(claim) for claim in behind],
                }
            )
        data.append(steps)
        sections.append(Section(phrase("path {number}", number=str(number)), (), lines))
    return output.Answer(data, COLUMNS, rows, sections)


def _denied(claims: Sequence[Claim]) -> str:
    names = disputed_line(claims)
    return phrase("denied by {parties}", parties=names) if names else ""


def _ids(claims: Sequence[Claim]) -> str:
    return " ".join(curie(claim.iri) for claim in claims)
