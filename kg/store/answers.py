"""What a query brings back: rows, a yes or no, or triples; each can be written in the standard formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TypeVar

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from kg.errors import KgError, UsageError
from kg.notebook import html_table
from kg.rdf.terms import curie
from kg.rdf.trig import Term, canonical, write_nquads, write_trig
from kg.store.embedded import evaluating, run
from kg.store.safety import Checked, check_query

_Format = TypeVar("_Format")
#: Around whatever reads on in an answer that is not all there yet: it turns the engine's errors into ours.
Guard = Callable[[], AbstractContextManager[None]]
_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
_GRAPHS = {"json-ld": RdfFormat.JSON_LD, "rdf-xml": RdfFormat.RDF_XML}


class Answer(Protocol):
    """What all kinds of answer can do."""

    def serialize(self, format: str) -> bytes:
        """The answer in a standard format.

        :raises UsageError: unknown-format.
        """


class Solutions:
    """Rows of a SELECT, once through; ``row["name"]`` is a term or ``None``."""

    def __init__(
        self, solutions: QuerySolutions, again: Callable[[], QuerySolutions], reading: Guard = evaluating
    ) -> None:
        self._solutions = solutions
        self._again = again  # for who only wants to look
        self._reading = reading
        self.variables = tuple(variable.value for variable in solutions.variables)

    def __iter__(self) -> Iterator[QuerySolution]:
        with self._to_the_end():
            yield from self._solutions

    def serialize(self, format: str) -> bytes:
        """SPARQL results as ``json``, ``csv``, ``tsv`` or ``xml``.

        :raises UsageError: unknown-format.
        """
        chosen = _chosen(_RESULTS, format)
        with self._to_the_end():
            return self._solutions.serialize(format=chosen) or b""

    def _repr_html_(self) -> str:
        """For a notebook; it asks anew, so that the rows are still there for who goes through them."""
        with self._reading():
            rows = (["" if term is None else _shown(term) for term in row] for row in self._again())
            return html_table(self.variables, rows)

    @contextmanager
    def _to_the_end(self) -> Iterator[None]:
        """Let go of the engine's rows when they fail: they may only be dropped by the thread that made them."""
        try:
            with self._reading():
                yield
        except KgError:
            del self._solutions
            raise


class Boolean:
    """The yes or no of an ASK."""

    def __init__(self, answer: QueryBoolean) -> None:
        self._answer = answer

    def __bool__(self) -> bool:
        return bool(self._answer)

    def serialize(self, format: str) -> bytes:
        """SPARQL results as ``json``, ``csv``, ``tsv`` or ``xml``.

        :raises UsageError: unknown-format.
        """
        return self._answer.serialize(format=_chosen(_RESULTS, format)) or b""

    def _repr_html_(self) -> str:
        return "<p>yes</p>" if self else "<p>no</p>"


class Triples:
    """The triples of a CONSTRUCT or DESCRIBE, each once and in canonical order."""

    def __init__(self, triples: Iterable[Triple], reading: Guard = evaluating) -> None:
        with reading():
            self._quads = canonical(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)

    def __iter__(self) -> Iterator[Triple]:
        for quad in self._quads:
            yield quad.triple

    def __len__(self) -> int:
        return len(self._quads)

    def serialize(self, format: str) -> bytes:
        """RDF as ``turtle``, ``ntriples``, ``json-ld`` or ``rdf-xml``; the same triples give the same bytes.

        :raises UsageError: unknown-format.
        """
        if format == "turtle":
            return write_trig(self._quads).encode()
        if format == "ntriples":
            return write_nquads(self._quads).encode()
        chosen = _chosen(_GRAPHS, format, also=("turtle", "ntriples"))
        return serialize([quad.triple for quad in self._quads], format=chosen) or b""

    def _repr_html_(self) -> str:
        return html_table(("subject", "predicate", "object"), ([_shown(t) for t in quad] for quad in self))


def answer(
    store: Store, text: str, *, is_scoped: bool = False, name: str = "query"
) -> Solutions | Boolean | Triples:
    """Run a user's query, safely; ``name`` is the file that its positions refer to.

    FROM and FROM NAMED are obeyed by copying those graphs: Oxigraph would count a triple that stands in
    two of them twice (https://github.com/oxigraph/oxigraph/issues/1919).

    :raises UsageError: bad-query, query-update, query-service, query-from, query-failed.
    """
    checked = check_query(text, is_scoped=is_scoped, name=name)
    if checked.has_dataset:
        store = chosen_graphs(store, checked)
    result = run(store, checked.text, name=name)
    if isinstance(result, QuerySolutions):
        return Solutions(result, lambda: _solutions(run(store, checked.text, name=name)))
    return Boolean(result) if isinstance(result, QueryBoolean) else Triples(result)


def _solutions(result: QuerySolutions | QueryBoolean | QueryTriples) -> QuerySolutions:
    assert isinstance(result, QuerySolutions)
    return result


def _shown(term: Term) -> str:
    """A term for people: our IRIs with their prefix, a literal as its text."""
    return curie(term.value) if isinstance(term, NamedNode) else str(getattr(term, "value", term))


def chosen_graphs(store: Store, checked: Checked) -> Store:
    """A copy of the graphs that a query names: their merge, each triple once, and those of FROM NAMED."""
    chosen = Store()
    for graph in checked.default:
        for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)):
            chosen.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    for graph in checked.named:
        chosen.add_graph(NamedNode(graph))
        chosen.extend(store.quads_for_pattern(None, None, None, NamedNode(graph)))
    return chosen


def _chosen(formats: Mapping[str, _Format], name: str, *, also: tuple[str, ...] = ()) -> _Format:
    if name not in formats:
        known = ", ".join(sorted((*formats, *also)))
        raise UsageError(
            f"this answer has no format '{name}'", mend=f"choose one of {known}", rule="unknown-format"
        )
    return formats[name]
