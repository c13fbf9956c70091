"""What a server answers beside what a suite expects: equal up to the names of blank nodes.

Numbers and booleans are compared by type and value, since an engine may write 2.0 as 2; all else by term. The
order of rows counts where the query has an ORDER BY.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.rdf.tokens import tokens

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(
    r"(integer|long|int|short|byte|(non)?(Negative|Positive)Integer|unsigned(Long|Int|Short|Byte))$", re.I
)
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_ROW = "http://result.example/"

RESULTS = {
    ".srx": ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    ".srj": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    ".tsv": ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
SUFFIXES = {".ttl": "text/turtle", ".nt": "application/n-triples", ".rdf": "application/rdf+xml"}


def same_results(got: bytes, expected: bytes, suffix: str, *, query: str) -> bool:
    """Whether two results of a SELECT or an ASK say the same; both in the format of this suffix."""
    format = RESULTS[suffix][1]
    ours, theirs = ox.parse_query_results(got, format=format), ox.parse_query_results(expected, format=format)
    if isinstance(ours, ox.QueryBoolean) or isinstance(theirs, ox.QueryBoolean):
        return isinstance(ours, ox.QueryBoolean) and isinstance(theirs, ox.QueryBoolean) and ours == theirs
    assert isinstance(ours, ox.QuerySolutions)
    assert isinstance(theirs, ox.QuerySolutions)
    names = [sorted(variable.value for variable in side.variables) for side in (ours, theirs)]
    if names[0] != names[1]:
        return False
    rows = [[tuple(row[name] for name in names[0]) for row in side] for side in (ours, theirs)]
    ordered = is_ordered(query)
    return _signature(rows[0], ordered=ordered) == _signature(rows[1], ordered=ordered)


def same_rows(got: bytes, expected: Iterable[ox.Quad]) -> bool:
    """Whether an answer as XML has the rows that a graph tells of in the words of a result set."""
    store = ox.Store()
    store.bulk_extend(expected)

    def objects(node: ox.NamedNode | ox.BlankNode | None, name: str) -> list[Term]:
        return [quad.object for quad in store.quads_for_pattern(node, ox.NamedNode(_RS + name), None)]

    names = sorted(term.value for term in objects(None, "resultVariable") if isinstance(term, ox.Literal))
    theirs: list[Row] = []
    for solution in objects(None, "solution"):
        assert isinstance(solution, ox.BlankNode)
        row: dict[str, Term] = {}
        for binding in objects(solution, "binding"):
            assert isinstance(binding, ox.BlankNode)
            (variable,) = objects(binding, "variable")
            assert isinstance(variable, ox.Literal)
            (row[variable.value],) = objects(binding, "value")
        theirs.append(tuple(row.get(name) for name in names))
    answer = ox.parse_query_results(got, format=ox.QueryResultsFormat.XML)
    assert isinstance(answer, ox.QuerySolutions)
    ours = [tuple(row[name] for name in names) for row in answer]
    return sorted(variable.value for variable in answer.variables) == names and _signature(
        ours, ordered=False
    ) == _signature(theirs, ordered=False)


def same_csv(got: bytes, expected: bytes) -> bool:
    """Whether two results as CSV have the same rows; columns in any order, since SELECT * gives them none."""

    def rows(text: bytes) -> tuple[list[str], Counter[tuple[str, ...]]]:
        head, *body = csv.reader(io.StringIO(text.decode(), newline=""))
        order = sorted(range(len(head)), key=head.__getitem__)
        return sorted(head), Counter(tuple(_plain(row[at]) for at in order) for row in body if row)

    return rows(got) == rows(expected)


def same_graph(got: Iterable[ox.Quad], expected: Iterable[ox.Quad]) -> bool:
    """Whether two graphs, or datasets, are isomorphic."""
    return _canonical(got) == _canonical(expected)


def parse_graph(text: bytes, media_type: str, *, base: str) -> list[ox.Quad]:
    """The triples of a graph in a format that a server may answer in."""
    format = GRAPHS[media_type.partition(";")[0]]
    return [*ox.parse(text, format=format, base_iri=base, rename_blank_nodes=True)]


def is_ordered(query: str) -> bool:
    """Whether the rows of a query as a whole are in order."""
    depth, last = 0, ""
    for token in tokens(query):
        depth += (token.text == "{") - (token.text == "}")
        if not depth and last == "ORDER" and token.is_word("BY"):
            return True
        last = token.text.upper()
    return False


def by_value(term: Term) -> Term:
    """A term in which a number or a boolean is written in one way.

    >>> by_value(ox.Literal("2.0", datatype=ox.NamedNode(_XSD + "decimal"))).value
    '2'
    """
    if not isinstance(term, ox.Literal) or term.language:
        return term
    kind = term.datatype.value
    try:
        if kind.startswith(_XSD) and _INTEGER.match(kind.removeprefix(_XSD)):
            return ox.Literal(str(int(term.value)), datatype=term.datatype)
        if kind == _XSD + "decimal":
            return ox.Literal(f"{Decimal(term.value).normalize():f}", datatype=term.datatype)
        if kind == _XSD + "boolean":
            return ox.Literal({"0": "false", "1": "true"}.get(term.value, term.value), datatype=term.datatype)
        if kind in (_XSD + "double", _XSD + "float"):
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
    except (ValueError, InvalidOperation):
        return term
    return term


def _plain(value: str) -> str:
    """A value of CSV, which has no types: a number written in one way, a blank node without its name."""
    try:
        return "_:" if value.startswith("_:") else str(Decimal(value).normalize())
    except InvalidOperation:
        return value


def _signature(rows: Sequence[Row], *, ordered: bool) -> frozenset[str]:
    """Rows as a graph in its canonical form: each is a blank node that has its values, and how often it stands."""
    quads: list[ox.Quad] = []
    index = Counter(rows) if not ordered else None
    for place, row in enumerate(index or rows):
        node = ox.BlankNode(f"row{place}")
        told: Term = ox.Literal(index[row] if index else place)
        quads.append(ox.Quad(node, ox.NamedNode(_ROW + "told"), told))
        for column, term in enumerate(row):
            if term is not None:
                quads.append(ox.Quad(node, ox.NamedNode(f"{_ROW}{column}"), term))
    return _canonical(quads)


def _canonical(quads: Iterable[ox.Quad]) -> frozenset[str]:
    dataset = ox.Dataset(
        ox.Quad(quad.subject, quad.predicate, by_value(quad.object), quad.graph_name) for quad in quads
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(map(str, dataset))
