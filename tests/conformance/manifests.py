"""The test suites of the W3C for SPARQL 1.1, read from their manifests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

#: Beside the repository; where there is none, the tests skip and say so.
FOLDER = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql" / "sparql11"
#: Where the files of the suites are said to lie: what is relative in them is so to this.
BASE = "http://w3c.example/sparql11/"

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_UT = "http://www.w3.org/2009/sparql/tests/test-update#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: A folder of the suites -> its manifests, in the order of manifest-all.ttl; the deprecated ones come last.
_SEVERAL = {"graph-store-protocol": ("manifest-indirect.ttl", "manifest-direct.ttl")}


@dataclass(frozen=True, slots=True)
class Dataset:
    """Files that make a dataset: those of the default graph, and those of graphs by their IRI."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One test: its folder, its name in the manifest, its kind, what goes in and what should come out."""

    folder: str
    name: str
    kind: str
    node: Node
    query: Path | None = None
    data: Dataset = Dataset()
    result: Path | None = None
    after: Dataset = Dataset()

    @property
    def id(self) -> str:
        """``folder/name``, by which the tables call it."""
        return f"{self.folder}/{self.name}"


class Manifest:
    """One manifest as a graph."""

    def __init__(self, file: Path) -> None:
        self.folder = file.parent.name
        self._store = ox.Store()
        self._store.load(path=file, format=ox.RdfFormat.TURTLE, base_iri=BASE + f"{self.folder}/{file.name}")

    def objects(self, subject: Node, predicate: str) -> list[Node]:
        """What a node has, in no order."""
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        found = self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [quad.object for quad in found]

    def one(self, subject: Node, predicate: str) -> Node | None:
        """The one thing that a node has."""
        return next(iter(self.objects(subject, predicate)), None)

    def items(self, head: Node | None) -> Iterator[Node]:
        """The members of a list."""
        while isinstance(head, ox.BlankNode):
            first = self.one(head, _RDF + "first")
            assert first is not None
            yield first
            head = self.one(head, _RDF + "rest")

    def entries(self) -> Iterator[Node]:
        """The tests, in order."""
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(_MF + "entries"), None):
            yield from self.items(quad.object)

    def cases(self) -> Iterator[Case]:
        """The tests with what belongs to them."""
        for entry in self.entries():
            kinds = [_local(kind) for kind in self.objects(entry, _RDF + "type")]
            action, result = self.one(entry, _MF + "action"), self.one(entry, _MF + "result")
            query = self._query(action)
            yield Case(
                folder=self.folder,
                name=_local(entry),
                kind=kinds[0],
                node=entry,
                query=path_of(query) if query else None,
                data=self._dataset(action) if isinstance(action, ox.BlankNode) else Dataset(),
                result=path_of(result) if isinstance(result, ox.NamedNode) else None,
                after=self._dataset(result) if isinstance(result, ox.BlankNode) else Dataset(),
            )

    def _query(self, action: Node | None) -> Node | None:
        if action is None or isinstance(action, ox.NamedNode):
            return action
        return self.one(action, _QT + "query") or self.one(action, _UT + "request")

    def _dataset(self, action: Node) -> Dataset:
        default = [*self.objects(action, _QT + "data"), *self.objects(action, _UT + "data")]
        named = [(value(graph), path_of(graph)) for graph in self.objects(action, _QT + "graphData")]
        named += self.labelled(action)
        return Dataset(tuple(sorted(map(path_of, default))), tuple(sorted(named)))

    def labelled(self, node: Node) -> list[tuple[str, Path]]:
        """The graphs that are given with a label, which is their IRI."""
        found = []
        for graph in self.objects(node, _UT + "graphData"):
            file, label = self.one(graph, _UT + "graph"), self.one(graph, _LABEL)
            assert file
            assert label
            found.append((value(label), path_of(file)))
        return found


@cache
def read(folder: str) -> list[Manifest]:
    """The manifests of a folder of the suites."""
    return [Manifest(FOLDER / folder / name) for name in _SEVERAL.get(folder, ("manifest.ttl",))]


@cache
def folders() -> tuple[str, ...]:
    """The folders that hold tests."""
    return tuple(sorted(file.parent.name for file in FOLDER.glob("*/manifest.ttl")))


@cache
def cases(*kinds: str) -> tuple[Case, ...]:
    """All tests of these kinds, by folder, in the order of the manifests."""
    if not FOLDER.is_dir():
        return ()
    return tuple(
        case
        for folder in folders()
        for manifest in read(folder)
        for case in manifest.cases()
        if case.kind in kinds
    )


def value(node: Node | None) -> str:
    """The IRI or the text of a node."""
    assert isinstance(node, ox.NamedNode | ox.Literal)
    return node.value


def path_of(node: Node) -> Path:
    """The file that an IRI of a manifest names."""
    return FOLDER / value(node).removeprefix(BASE)


def iri_of(file: Path) -> str:
    """The IRI of a file of the suites."""
    return BASE + file.relative_to(FOLDER).as_posix()


def _local(node: Node) -> str:
    return value(node).rpartition("#")[2]
