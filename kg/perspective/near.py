"""What a perspective says around one thing, without making the whole of it: for look-ups in large stores.

The same claims are admitted, and of the common graphs there is what these claims and the thing refer to. So a
look-up about the thing answers as it does on the whole dataset, and costs what there is to say of the thing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from pyoxigraph import NamedNode, Store

from kg.perspective.definition import Definition
from kg.perspective.inference import Closure
from kg.perspective.ledger import Ledger
from kg.perspective.materialise import quads
from kg.perspective.record import public_record
from kg.perspective.select import select
from kg.rdf.rows import reading
from kg.rdf.vocabulary import KG, ONTOLOGY_GRAPH, RDF_TYPE, RDFS_LABEL, RECORD_GRAPH, REFERENCE_GRAPH
from kg.store.blocks import Blocks
from kg.store.embedded import add_memory, build_memory
from kg.store.snapshot import COMMON_GRAPHS, Snapshot

_IRI = re.compile(rb"<([^>]*)>")
_TRIPLE = re.compile(rb"^<([^>]*)> <([^>]*)> <([^>]*)> ", re.MULTILINE)
_LABEL = re.compile(rb"^<([^>]*)> <%b> " % re.escape(RDFS_LABEL.encode()), re.MULTILINE)
_NAMING = re.compile(rb"^<[^>]*> <%b> .*\n" % re.escape(RDFS_LABEL.encode()), re.MULTILINE)
_CLAIM, _STATEMENT = (f" <{RDF_TYPE}> <{KG}{name}> ".encode() for name in ("Claim", "PublicStatement"))
_HOLDER, _OFFICE, _STANCE_ON, _RELAYS = (KG + name for name in ("holder", "office", "stanceOn", "relays"))
#: From one claim to another: the other is told of, but what is said about it is none of the thing's.
_CONTRADICTS = KG + "contradicts"
_TO_CLAIMS = frozenset({KG + "supersedes", _CONTRADICTS})


def is_recorded(snapshot: Snapshot, thing: str) -> bool:
    """Whether it is a statement, a stance, a source or a passage: part of the record, and no claim."""
    where = snapshot.offsets([RECORD_GRAPH])
    if RECORD_GRAPH not in where:
        return False
    said = Blocks(snapshot.text(), where[RECORD_GRAPH]).of([thing])
    return bool(said) and _CLAIM not in said[thing]


def admitted_near(ledger: Ledger, definition: Definition, thing: str, *, spoken: bool) -> list[str]:
    """The claims that are admitted and name the thing; ``spoken``: also those of which it speaks itself."""
    numbers = ledger.mentioning([thing])
    if spoken:
        own = (number for number, voice in enumerate(ledger.voices) if thing in voice.exactly)
        numbers |= ledger.taken_by(own)
    return ledger.names(select(ledger, definition, among=numbers))


def store_near(
    snapshot: Snapshot,
    definition: Definition,
    thing: str,
    claims: Collection[str],
    *,
    recorded: Collection[str] = (),
) -> Store:
    """A store in memory with these claims and what they and the thing refer to; ``thing`` may be empty.

    ``recorded``: claims of which it has the record only.
    """
    return _Neighbourhood(snapshot, definition).store(thing, claims, recorded)


def add_things(store: Store, snapshot: Snapshot, definition: Definition, things: Collection[str]) -> None:
    """Have what the reference and the ontology say of these things in such a store too."""
    _Neighbourhood(snapshot, definition).add(store, things)


class _Neighbourhood:
    def __init__(self, snapshot: Snapshot, definition: Definition) -> None:
        self._snapshot = snapshot
        self._definition = definition
        self._whole = (
            snapshot.open_store()
        )  # has the whole reference and record, so it tells what points where
        where = snapshot.offsets(COMMON_GRAPHS)
        self._blocks = {graph: Blocks(snapshot.text(), where[graph]) for graph in where}

    def store(self, thing: str, claims: Collection[str], recorded: Collection[str]) -> Store:
        graphs = self._snapshot.slices(claims)
        tenures = self._tenures(thing, graphs) if thing else set[str]()
        if tenures:  # a claim may date a tenure and not name its holder
            ledger = Ledger.of(self._snapshot)
            more = ledger.names(select(ledger, self._definition, among=ledger.mentioning(tenures)))
            graphs |= self._snapshot.slices(claim for claim in more if claim not in graphs)
        claims = list(graphs)
        record = self._record({*claims, *recorded, thing} - {""})
        known = {thing, *self._pointing(None, thing, REFERENCE_GRAPH)} if thing else set[str]()
        reference = self._of(REFERENCE_GRAPH, {*known, *tenures})
        named = {thing, *_iris([*graphs.values(), *record.values(), *reference.values()])}
        reference = self._of(REFERENCE_GRAPH, {*named, *reference})
        graphs[REFERENCE_GRAPH] = _text(reference)
        graphs[RECORD_GRAPH] = self._public(_text(record))
        graphs[ONTOLOGY_GRAPH] = _text(self._of(ONTOLOGY_GRAPH, {*named, *_iris(reference.values())}))
        return build_memory(self._quads(graphs), graphs=(*COMMON_GRAPHS, *claims))

    def add(self, store: Store, things: Collection[str]) -> None:
        """What the common graphs say of things; of what these do not name, what the claims say that do."""
        graphs = {graph: _text(self._of(graph, things)) for graph in (REFERENCE_GRAPH, ONTOLOGY_GRAPH)}
        graphs[RECORD_GRAPH] = self._named_on_record(things)
        named = {label[1].decode() for lines in graphs.values() for label in _LABEL.finditer(lines)}
        ledger = Ledger.of(self._snapshot)
        telling = ledger.mentioning(thing for thing in things if thing not in named)
        graphs |= self._snapshot.slices(ledger.names(select(ledger, self._definition, among=telling)))
        add_memory(store, self._quads(graphs))

    def _named_on_record(self, things: Iterable[str]) -> bytes:
        """The lines of the record that name these of the things that stand on it."""
        found = self._of(RECORD_GRAPH, things)
        if found and self._definition.as_of:  # what a thing refers to tells whether it was public
            record = self._public(_text(self._record(found)))
            found = {iri: Blocks(record, (0, len(record))).of([iri]).get(iri, b"") for iri in found}
        return b"".join(label[0] for lines in found.values() for label in _NAMING.finditer(lines))

    def _quads(self, graphs: Mapping[str, bytes]) -> Iterator[bytes]:
        closure = None
        if self._definition.infer:
            closure = Closure.read(self._snapshot.lines(ONTOLOGY_GRAPH))
        return chain.from_iterable(quads(graph, [lines], closure) for graph, lines in graphs.items())

    def _public(self, record: bytes) -> bytes:
        day = self._definition.as_of
        return b"".join(public_record(record, day)) if day else record

    def _record(self, claims: Iterable[str]) -> dict[str, bytes]:
        """What the record says of claims, of the stances on them, and of all that these refer to."""
        heads = list(claims)
        stances = {stance for claim in heads for stance in self._pointing(_STANCE_ON, claim, RECORD_GRAPH)}
        found: dict[str, bytes] = {}
        wanted, others = {*heads, *stances}, set[str]()
        if self._definition.infer:  # what contradicts it, it contradicts then
            others.update(claim for one in heads for claim in self._pointing(_CONTRADICTS, one, RECORD_GRAPH))
        while wanted:
            new = self._of(RECORD_GRAPH, wanted)
            found |= new
            values = [(prop, value) for lines in new.values() for _, prop, value in _triples(lines)]
            others |= {value for prop, value in values if prop in _TO_CLAIMS}
            wanted = {value for prop, value in values if prop not in _TO_CLAIMS}
            spoken = [iri for iri, lines in new.items() if _STATEMENT in lines]
            wanted |= {relay for iri in spoken for relay in self._pointing(_RELAYS, iri, RECORD_GRAPH)}
            wanted -= found.keys()
        told = self._of(RECORD_GRAPH, others - found.keys())  # their statements say whether they were public
        made_in = {
            value for lines in told.values() for _, prop, value in _triples(lines) if prop not in _TO_CLAIMS
        }
        return self._of(RECORD_GRAPH, made_in) | told | found

    def _tenures(self, thing: str, graphs: dict[str, bytes]) -> set[str]:
        """The tenures of a person or of an office, by these claims and by the reference."""
        found = {
            subject
            for lines in graphs.values()
            for subject, prop, value in _triples(lines)
            if prop in (_HOLDER, _OFFICE) and value == thing
        }
        for prop in (_HOLDER, _OFFICE):
            found.update(self._pointing(prop, thing, REFERENCE_GRAPH))
        return found

    def _pointing(self, prop: str | None, value: str, graph: str) -> Iterator[str]:
        """The subjects that have this value in a common graph."""
        predicate = None if prop is None else NamedNode(prop)
        with reading():
            for quad in self._whole.quads_for_pattern(None, predicate, NamedNode(value), NamedNode(graph)):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject.value

    def _of(self, graph: str, subjects: Iterable[str]) -> dict[str, bytes]:
        return self._blocks[graph].of(subjects) if graph in self._blocks else {}


def _triples(lines: bytes) -> Iterator[tuple[str, str, str]]:
    """The triples of IRIs only."""
    for match in _TRIPLE.finditer(lines):
        subject, prop, value = match.groups()
        yield subject.decode(), prop.decode(), value.decode()


def _iris(parts: Iterable[bytes]) -> set[str]:
    """All IRIs in these lines; what a literal holds that looks like one does no harm."""
    return {iri.decode() for lines in parts for iri in _IRI.findall(lines)}


def _text(blocks: dict[str, bytes]) -> bytes:
    """In canonical order: by subject as it is written."""
    return b"".join(lines for _, lines in sorted(blocks.items(), key=lambda item: f"<{item[0]}>"))
