"""TriG and Turtle in, with positions; TriG and N-Quads out, in canonical order: same quads, same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    RdfFormat,
    Triple,
    parse,
)
from pyoxigraph import Quad as Quad

from kg.errors import DataError
from kg.rdf.faults import decode, read_bytes, syntax_error
from kg.rdf.terms import split_iri
from kg.rdf.vocabulary import PREFIXES, RDF_TYPE, XSD_BOOLEAN, XSD_INTEGER

Term = NamedNode | BlankNode | Literal | Triple
_FORMATS = {".trig": RdfFormat.TRIG, ".ttl": RdfFormat.TURTLE, ".nq": RdfFormat.N_QUADS}
_PLAIN_INTEGER = re.compile(r"[+-]?[0-9]+")


def read_trig(path: str | Path, *, graph: str | None = None) -> list[Quad]:
    """The quads of a TriG (or Turtle) file in its order; ``graph`` takes what lies in no named graph.

    Blank nodes get labels made from the file's bytes, so that those of two files never meet
    and the same file always gives the same labels.

    :raises DataError: no-such-file, when it cannot be read; bad-encoding, when it is not UTF-8;
        bad-trig, when it breaks the grammar.
    """
    path = Path(path)
    return parse_trig(read_bytes(path), name=str(path), graph=graph)


def parse_trig(content: bytes, *, name: str, graph: str | None = None) -> list[Quad]:
    """Like :func:`read_trig`, of bytes at hand; the end of ``name`` tells the format.

    :raises DataError: bad-encoding, bad-trig.
    """
    text = decode(content, name)
    default = NamedNode(graph) if graph else DefaultGraph()
    labels: dict[BlankNode, BlankNode] = {}
    stamp = _stamp(content)
    quads = []
    parser = parse(input=text, format=_FORMATS.get(Path(name).suffix.lower(), RdfFormat.TRIG))
    try:
        for quad in parser:
            in_graph = default if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name
            quads.append(
                _relabelled(Quad(quad.subject, quad.predicate, quad.object, in_graph), labels, stamp)
            )
    except SyntaxError as cause:
        raise syntax_error(cause, name, parser.prefixes) from cause
    return quads


def find_files(path: str | Path, *, suffixes: tuple[str, ...] = (".trig",)) -> list[Path]:
    """The file itself, or every file below the folder that ends so, in order of name.

    :raises DataError: no-such-file, when there is no such file or folder, or the folder holds none.
    """
    path = Path(path)
    if path.is_file():
        return [path]
    files = (
        sorted(f for f in path.rglob("*") if f.suffix in suffixes and f.is_file()) if path.is_dir() else []
    )
    if not files:
        what = (
            f"the folder '{path}' holds no {' or '.join(suffixes)} file"
            if path.is_dir()
            else f"there is no '{path}'"
        )
        raise DataError(what, mend="give a TriG file or a folder of them", rule="no-such-file")
    return files


def write_trig(quads: Iterable[Quad]) -> str:
    """Canonical TriG: graphs, subjects and properties in order, ``a`` first; of our prefixes those in use.

    Blank nodes are labelled by RDFC-1.0 (https://www.w3.org/TR/rdf-canon/).
    """
    used: set[str] = set()
    parts = []
    for graph, block in groupby(canonical(quads), key=lambda quad: quad.graph_name):
        body = "".join(_subjects(block, "" if isinstance(graph, DefaultGraph) else "  ", used))
        parts.append(
            body if isinstance(graph, DefaultGraph) else f"GRAPH {_term(graph, used)} {{\n{body}}}\n"
        )
    head = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in sorted(used))
    return "\n".join(filter(None, [head, *parts]))


def write_nquads(quads: Iterable[Quad]) -> str:
    """Canonical N-Quads: each quad once, by graph, then subject, property and object."""
    return "".join(f"{quad} .\n" for quad in canonical(quads))


def _relabelled(quad: Quad, labels: dict[BlankNode, BlankNode], stamp: str) -> Quad:
    def label(term: Term | DefaultGraph) -> Term | DefaultGraph:
        if not isinstance(term, BlankNode):
            return term
        return labels.setdefault(term, BlankNode(f"b{stamp}n{len(labels)}"))

    if not any(isinstance(term, BlankNode) for term in quad):
        return quad
    return Quad(*map(label, quad))  # type: ignore[arg-type]  # each term keeps its kind


def canonical(quads: Iterable[Quad]) -> list[Quad]:
    """Each quad once, in order, with blank nodes labelled by what is said of them."""
    distinct = set(quads)
    if any(isinstance(term, BlankNode) for quad in distinct for term in quad):
        dataset = Dataset(distinct)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        distinct = set(dataset)
    return sorted(distinct, key=_order)


def _order(quad: Quad) -> tuple[str, str, bool, str, str]:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
    predicate = quad.predicate.value
    return graph, str(quad.subject), predicate != RDF_TYPE, predicate, str(quad.object)


def _subjects(quads: Iterable[Quad], indent: str, used: set[str]) -> Iterator[str]:
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        lines = []
        for predicate, same in groupby(about, key=lambda quad: quad.predicate):
            verb = "a" if predicate.value == RDF_TYPE else _term(predicate, used)
            lines.append(f"{verb} " + " , ".join(_term(quad.object, used) for quad in same))
        yield f"{indent}{_term(subject, used)} " + f" ;\n{indent}  ".join(lines) + " .\n"


def _term(term: Term, used: set[str]) -> str:
    if isinstance(term, NamedNode):
        split = split_iri(term.value)
        if not split:
            return str(term)
        used.add(split[0])
        return ":".join(split)
    if isinstance(term, Literal) and term.language is None:
        datatype = term.datatype.value
        if datatype == XSD_BOOLEAN and term.value in ("true", "false"):
            return term.value
        if datatype == XSD_INTEGER and _PLAIN_INTEGER.fullmatch(term.value):
            return term.value
        split = split_iri(datatype)
        text = str(term)
        if split and text.endswith(f"^^<{datatype}>"):
            used.add(split[0])
            return text.removesuffix(f"<{datatype}>") + ":".join(split)
    return str(term)


def _stamp(content: bytes) -> str:
    import hashlib  # slow to import, and a look-up parses nothing

    return hashlib.sha256(content).hexdigest()[:12]
