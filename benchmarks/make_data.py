"""Made-up stores shaped like ours, of any size and the same at every run: ``make_data.py CLAIMS FOLDER``.

24 states with bodies, people in office and media speak of events; every third claim repeats an event that others
tell of, every fifth meets with the stances of others. The quads are written in canonical order, as a load would
write them, since a million claims are too many to sort in memory.
"""

from __future__ import annotations

import mmap
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO

from kg.claims.completion import complete
from kg.loading import _write_index, admit, ontology_quads
from kg.rdf.trig import parse_trig
from kg.rdf.vocabulary import (
    CODE,
    DATE,
    ID,
    KG,
    ONTOLOGY_GRAPH,
    PREFIXES,
    RDF_TYPE,
    RDFS_LABEL,
    RECORD_GRAPH,
    REFERENCE_GRAPH,
)
from kg.store import slices
from kg.store.lock import writing
from kg.store.snapshot import Content, publish

FIRST_DAY, DAYS = date(2020, 1, 1), 2190
OTHERS = ("denies",) * 8 + ("confirms",) * 7 + ("declines-to-comment",) * 3 + ("disputes", "does-not-deny")
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
TYPE = f"<{RDF_TYPE}>"

_Triples = list[tuple[str, str]]  # predicate and object, as N-Quads write them


@dataclass(frozen=True, slots=True)
class Cast:
    """How many there are: states, of each its bodies and people, media, and places."""

    states: int = 24
    bodies: int = 5
    people: int = 12
    media: int = 10
    places: int = 200


class World:
    """Everything that is said, from its number: nothing is kept, so any part can be written at any time."""

    def __init__(self, claims: int, *, seed: int = 1, cast: Cast = Cast()) -> None:
        self.claims = claims
        self.seed = seed
        self.cast = cast

    def draw(self, number: int, salt: int, below: int) -> int:
        """A number that looks random and is always the same."""
        return zlib.crc32(b"%d %d %d" % (self.seed, number, salt)) % below

    def day(self, number: int, salt: int) -> str:
        """A day, or now and then a month."""
        found = FIRST_DAY + timedelta(days=self.draw(number, salt, DAYS))
        return f"<{DATE}{found.isoformat()[: 7 if self.draw(number, salt + 1, 12) == 0 else 10]}>"

    def speaker(self, number: int, salt: int) -> tuple[str, str]:
        """An actor and the state on whose behalf it speaks; of a medium itself."""
        cast = self.cast
        state, kind = self.draw(number, salt, cast.states), self.draw(number, salt + 1, 10)
        party = _thing(f"state-{state:02}")
        if kind < 4:
            return _thing(f"person-{state:02}-{self.draw(number, salt + 2, cast.people):02}"), party
        if kind < 8:
            return _thing(f"body-{state:02}-{self.draw(number, salt + 2, cast.bodies)}"), party
        medium = _thing(f"medium-{self.draw(number, salt + 2, cast.media)}")
        return medium, medium

    def said(self, number: int) -> tuple[str, _Triples]:
        """What a claim says: of an event that its neighbours may speak of too."""
        event = number // 3
        kind = self.draw(event, 20, 4)
        here, there = (_thing(f"state-{self.draw(event, salt, self.cast.states):02}") for salt in (21, 22))
        place = _thing(f"place-{self.draw(event, 23, self.cast.places):03}")
        kinds: list[tuple[str, _Triples]] = [
            ("Deployment", [(_kg("hostState"), there), (_kg("sendingState"), here)]),
            ("TerritorialControl", [(_kg("controlledBy"), here), (_kg("holdsFrom"), self.day(event, 24))]),
            ("DiplomaticMeeting", [(_kg("participant"), here), (_kg("participant"), there)]),
            ("MaterialTransfer", [(_kg("recipient"), there), (_kg("supplier"), here)]),
        ]
        name, told = kinds[kind]
        triples = [(_kg("place"), place), *told]
        if kind != 1:
            triples.append((_kg("occurredOn"), self.day(event + number % 2, 26)))
        return _thing(f"event-{event:07}"), [(TYPE, f"<{KG}{name}>"), *triples]

    def others(self, number: int) -> int:
        """How many stances others take on a claim."""
        return (0, 0, 0, 0, 1)[number % 5] and 1 + self.draw(number, 30, 2)


def write_quads(world: World, file: BinaryIO) -> tuple[dict[str, tuple[int, int]], int]:
    """Write the canonical N-Quads; where each graph lies, and the number of quads."""
    common = slices.write(
        complete([*ontology_quads(), *parse_trig(_reference(world).encode(), name="made.trig")])
    )
    reference = common.of(REFERENCE_GRAPH).decode().splitlines(keepends=True)
    reference += _lines(REFERENCE_GRAPH, _events(world))
    graphs: dict[str, tuple[int, int]] = {}
    offset = count = 0
    parts: Iterator[tuple[str, Iterable[str]]] = iter(
        [
            (ONTOLOGY_GRAPH, common.of(ONTOLOGY_GRAPH).decode().splitlines(keepends=True)),
            (RECORD_GRAPH, _lines(RECORD_GRAPH, _record(world))),
            (REFERENCE_GRAPH, sorted(reference, key=lambda line: line.partition(" ")[0])),
            *(
                (graph, common.of(graph).decode().splitlines(keepends=True))
                for graph in common.graphs
                if graph not in (ONTOLOGY_GRAPH, RECORD_GRAPH, REFERENCE_GRAPH)
            ),
        ]
    )
    for graph, lines in _all_parts(world, parts):
        size = 0
        for line in lines:
            size += file.write(line.encode())
            count += 1
        graphs[graph] = (offset, size)
        offset += size
    return graphs, count


def _all_parts(
    world: World, common: Iterator[tuple[str, Iterable[str]]]
) -> Iterator[tuple[str, Iterable[str]]]:
    yield from common
    for number in range(world.claims):
        graph = _claim(number)[1:-1]
        yield graph, _lines(graph, [world.said(number)])


def make_store(folder: Path, claims: int, *, seed: int = 1, cast: Cast = Cast()) -> None:
    """A store of so many claims, as a load would publish it."""
    with tempfile.TemporaryFile(dir=folder.parent) as file, writing(folder):
        graphs, count = write_quads(World(claims, seed=seed, cast=cast), file)
        file.flush()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            text = slices.Text(content, graphs, count)
            publish(folder, Content(text, f"made {claims} {seed}"), admit=admit, write_index=_write_index)


def _record(world: World) -> Iterator[tuple[str, _Triples]]:
    """Claims, passages, sources, stances, statements: in the order of their IRIs."""
    numbers = range(world.claims)
    for number in numbers:
        actor, party = world.speaker(number // 4, 1)
        about = [
            (_kg("addressesIssue"), _thing(f"issue-{number // 20:06}")),
            (_kg("claimant"), actor),
            (_kg("epistemicStatus"), f"<{CODE}true-certain>"),
            (_kg("onBehalfOf"), party),
            (_kg("statedIn"), _statement(number // 4)),
            (_kg("supersedes"), _claim(number - 1)),
            (_kg("supportedBy"), f"<{ID}evidence/e{number // 4:07}>"),
            (f"<{RDFS_LABEL}>", f'"claim {number} about event {number // 3}"@en'),
        ]
        without = {5} if number % 50 != 49 else set[int]()
        without |= {0} if number % 2 else set[int]()
        yield _claim(number), [(TYPE, f"<{KG}Claim>"), *(t for n, t in enumerate(about) if n not in without)]
    for number in numbers[::4]:
        yield (
            f"<{ID}evidence/e{number // 4:07}>",
            [(TYPE, f"<{KG}Evidence>"), (_kg("inSource"), f"<{ID}source/s{number // 40:06}>")],
        )
    for number in numbers[::40]:
        label = (f"<{RDFS_LABEL}>", f'"source {number // 40}"@en')
        yield f"<{ID}source/s{number // 40:06}>", [(TYPE, f"<{KG}SourceDocument>"), label]
    for number in numbers:
        yield from _stances(world, number)
    for number in numbers[::4]:
        yield _statement(number // 4), _statement_triples(world, number // 4, 1)
    for number in numbers:
        for n in range(world.others(number)):
            yield f"<{ID}statement/t{number:07}-{n}>", _statement_triples(world, number * 4 + n, 40)


def _stances(world: World, number: int) -> Iterator[tuple[str, _Triples]]:
    actor, party = world.speaker(number // 4, 1)
    own = number // 4
    yield f"<{ID}stance/c{number:07}-asserts>", _stance(number, "asserts", actor, party, _statement(own), own)
    for n in range(world.others(number)):
        drawn = number * 4 + n
        kind = OTHERS[world.draw(drawn, 50, len(OTHERS))]
        actor, party = world.speaker(drawn, 40)
        said = f"<{ID}statement/t{number:07}-{n}>"
        yield f"<{ID}stance/c{number:07}-b{n}>", _stance(number, kind, actor, party, said, own)


def _stance(number: int, kind: str, actor: str, party: str, statement: str, evidence: int) -> _Triples:
    return [
        (TYPE, f"<{KG}Stance>"),
        (_kg("onBehalfOf"), party),
        (_kg("stanceOf"), actor),
        (_kg("stanceOn"), _claim(number)),
        (_kg("stanceType"), f"<{CODE}{kind}>"),
        (_kg("statedIn"), statement),
        (_kg("supportedBy"), f"<{ID}evidence/e{evidence:07}>"),
    ]


def _statement_triples(world: World, number: int, salt: int) -> _Triples:
    actor, _ = world.speaker(number, salt)
    label = (f"<{RDFS_LABEL}>", f'"statement {number}"@en')
    return [
        (TYPE, f"<{KG}PublicStatement>"),
        (_kg("statedBy"), actor),
        (_kg("statedOn"), world.day(number, salt + 5)),
        label,
    ]


def _events(world: World) -> Iterator[tuple[str, _Triples]]:
    for event in range((world.claims + 2) // 3):
        yield _thing(f"event-{event:07}"), [(f"<{RDFS_LABEL}>", f'"event {event}"@en')]


def _reference(world: World) -> str:
    """Actors, offices, places, issues and all days, as TriG; and who holds which office, by a claim."""
    cast = world.cast
    said = [f'id:place-{n:03} a kg:Place ; rdfs:label "place {n}"@en .' for n in range(cast.places)]
    said += [
        f'id:issue-{n:06} a kg:Issue ; rdfs:label "issue {n}"@en .' for n in range(world.claims // 20 + 1)
    ]
    said += [
        f'id:medium-{n} a kg:MediaOrganization ; rdfs:label "medium {n}"@en .' for n in range(cast.media)
    ]
    for days in range(DAYS):
        day = FIRST_DAY + timedelta(days=days)
        said.append(f"date:{day} a kg:TimeExtent . date:{day.isoformat()[:7]} a kg:TimeExtent .")
    tenures = []
    for state in range(cast.states):
        said.append(f'id:state-{state:02} a kg:State ; rdfs:label "state {state}"@en .')
        for body in range(cast.bodies):
            name = f"{state:02}-{body}"
            said.append(f'id:body-{name} a kg:GovernmentBody ; rdfs:label "body {name}"@en ;')
            said.append(f"kg:subordinateTo id:state-{state:02} .")
            said.append(
                f'id:office-{name} a kg:Office ; rdfs:label "office {name}"@en ; kg:officeOf id:body-{name} .'
            )
        for person in range(cast.people):
            name = f"{state:02}-{person:02}"
            said.append(f'id:person-{name} a kg:Person ; rdfs:label "person {name}"@en .')
            since = 2018 + world.draw(state * 100 + person, 60, 5)
            tenures.append(f"id:tenure-{name} a kg:Tenure ; kg:holder id:person-{name} ;")
            tenures.append(
                f"kg:office id:office-{state:02}-{person % cast.bodies} ; kg:holdsFrom date:{since} ."
            )
    return f"{HEAD} GRAPH graph:reference {{ {' '.join([*said, *tenures])} }}"


def _lines(graph: str, subjects: Iterable[tuple[str, _Triples]]) -> Iterator[str]:
    for subject, triples in subjects:
        for predicate, value in sorted(triples, key=lambda triple: (triple[0] != TYPE, triple)):
            yield f"{subject} {predicate} {value} <{graph}> .\n"


def _claim(number: int) -> str:
    return f"<{ID}claim/c{number:07}>"


def _statement(number: int) -> str:
    return f"<{ID}statement/s{number:07}>"


def _thing(name: str) -> str:
    return f"<{ID}{name}>"


def _kg(name: str) -> str:
    return f"<{KG}{name}>"


def main() -> None:
    """Make one store and say what lies in it."""
    claims, folder = int(sys.argv[1]), Path(sys.argv[2])
    make_store(folder, claims)
    quads = folder / "gen-1" / "quads.nq"
    print(f"{claims} claims, {quads.stat().st_size >> 20} MB of N-Quads, in {folder}")


if __name__ == "__main__":
    main()
