"""A network, a measure on it and a distance as the verb ``network`` gives them: cells, rows and JSON."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kg.commands import output
from kg.commands.tables import Section
from kg.commands.words import phrase
from kg.rdf.terms import curie

if TYPE_CHECKING:
    from kg.networks.apart import Distance
    from kg.networks.measures import Network, Score

    Link = tuple[str, str, str]

#: The columns where people read a network; each says in a word what the edge means.
RELATIONS_COLUMNS = ("who or what", "relation", "whom or what", "claims")
OBLIGATIONS_COLUMNS = ("obligor", "obligation", "obligee", "treaty", "article", "trigger", "claims")
OPPONENTS_COLUMNS = ("party", "does", "against", "claims")
STATEMENTS_COLUMNS = ("party", "speaks of", "claims")
MEETINGS_COLUMNS = ("who", "met", "meeting", "date", "claims")
AGREEMENT_COLUMNS = ("party", "other party", "same", "opposite", "agreement")
LINE_COLUMNS = {
    "relations": RELATIONS_COLUMNS,
    "obligations": OBLIGATIONS_COLUMNS,
    "opponents": OPPONENTS_COLUMNS,
    "statements": STATEMENTS_COLUMNS,
    "meetings": MEETINGS_COLUMNS,
    "agreement": AGREEMENT_COLUMNS,
}

#: The columns of CSV; after the weight come those that a network has besides.
COLUMNS = ("from", "relation", "to", "weight")
ID_COLUMNS = ("from id", "property", "to id", "claim ids")
MEASURE_COLUMNS = ("rank", "thing", "value", "id")
DISTANCE_COLUMNS = ("date", "steps")

_LABELS = frozenset({"relation", "obligation", "does", "meeting"})  # headings over the label of the edge
_STARTS = frozenset({"who or what", "obligor", "party", "who"})
_ENDS = frozenset({"whom or what", "obligee", "against", "speaks of", "met", "other party"})


def links(network: Network, things: Collection[str] = ()) -> list[Link]:
    """The edges, or those that touch one of the things: those with most claims first, then by IRI."""
    found = [
        (-len(data["claims"]), start, end, key)
        for start, end, key, data in network.edges(keys=True, data=True)
        if not things or start in things or end in things
    ]
    return [(start, end, key) for _, start, end, key in sorted(found)]


def network_answer(network: Network, found: Sequence[Link]) -> output.Answer:
    """These edges of a network."""
    more = network.graph["more"]
    columns = LINE_COLUMNS[network.name]
    lines = [_line(network, link, columns) for link in found]
    return output.Answer(
        [_edge_json(network, link) for link in found],
        (*COLUMNS, *more, *ID_COLUMNS),
        [_row(network, link) for link in found],
        (Section("", columns, lines),),
    )


def _line(network: Network, link: Link, columns: Sequence[str]) -> tuple[str, ...]:
    start, end, _ = link
    data = network.edges[link]
    return tuple(_cell(network, start, end, data, column) for column in columns)


def _cell(network: Network, start: str, end: str, data: dict[str, object], column: str) -> str:
    if column in _STARTS:
        return str(network.nodes[start]["label"])
    if column in _ENDS:
        return str(network.nodes[end]["label"])
    if column in _LABELS:
        return str(data["label"])
    if column == "claims":
        claims = data["claims"]
        assert isinstance(claims, tuple)
        return str(len(claims)) if claims else "reference"
    if column == "agreement":
        return f"{data['weight']:+.2f}"
    if column == "treaty":
        return curie(str(data["treaty"]))
    return _number(data[column]) if column != "article" else str(data["article"] or "")


def _row(network: Network, link: Link) -> tuple[str, ...]:
    start, end, _ = link
    data = network.edges[link]
    ends = (network.nodes[start]["label"], data["label"], network.nodes[end]["label"])
    more = (_short(data[name]) for name in network.graph["more"])
    claims = " ".join(map(curie, data["claims"]))
    return (*ends, _number(data["weight"]), *more, curie(start), data["property"], curie(end), claims)


def _short(value: object) -> str:
    """The cell of a value: an IRI as a CURIE."""
    return curie(value) if isinstance(value, str) and "://" in value else str(value)


def _edge_json(network: Network, link: Link) -> dict[str, output.Json]:
    start, end, _ = link
    data = network.edges[link]
    return {
        "from": _node_json(network, start),
        "to": _node_json(network, end),
        "property": data["property"],
        "label": data["label"],
        "weight": data["weight"],
        **{name: data[name] for name in network.graph["more"]},
        "claims": list(data["claims"]),
    }


def _node_json(network: Network, thing: str) -> dict[str, output.Json]:
    node = network.nodes[thing]
    return {"iri": thing, "label": node["label"], "type": node["type"]}


def measure_answer(network: Network, scores: Sequence[Score]) -> output.Answer:
    """What a measure gives to things of a network."""
    data: list[output.Json] = [
        {"rank": score.rank, "thing": _node_json(network, score.thing), "value": score.value}
        for score in scores
    ]
    rows, lines = [], []
    for score in scores:
        label, name = str(network.nodes[score.thing]["label"]), curie(score.thing)
        rows.append((str(score.rank), label, _number(score.value), name))
        short = str(score.value) if isinstance(score.value, int) else f"{score.value:.4f}"
        lines.append((str(score.rank), label, short, name))
    return output.Answer(data, MEASURE_COLUMNS, rows, (Section("", MEASURE_COLUMNS, lines),))


def distance_answer(found: Sequence[Distance]) -> output.Answer:
    """How far apart two things were on each day."""
    days = [one.day.isoformat() if one.day else None for one in found]
    data: list[output.Json] = [
        {"date": day, "steps": one.steps} for day, one in zip(days, found, strict=True)
    ]
    steps = ["" if one.steps is None else str(one.steps) for one in found]
    rows = [(day or "", count) for day, count in zip(days, steps, strict=True)]
    lines = [(day, count or phrase("not connected")) for day, count in rows]
    return output.Answer(data, DISTANCE_COLUMNS, rows, (Section("", DISTANCE_COLUMNS, lines),))


def _number(value: object) -> str:
    """A number without needless digits.

    >>> _number(2.0), _number(0.25), _number(3)
    ('2', '0.25', '3')
    """
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
