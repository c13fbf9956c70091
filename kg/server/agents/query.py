"""A query of a model's, answered with so many rows and no more: SPARQL 1.1 Query Results JSON, or JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import UsageError
from kg.rdf.vocabulary import XSD
from kg.shapes.text import Json

if TYPE_CHECKING:
    from kg.rdf.trig import Term
    from kg.store.answers import Solutions, Triples
    from kg.view import View

#: Bytes of an answer; a model reads no more, and what is cut off says so.
MOST_BYTES = 1_000_000
_FRAME = 10_000  # of them for what stands around the rows


def asked(view: View, text: str, *, limit: int) -> tuple[Json, int, bool]:
    """The answer, how many rows or triples it has, and whether there are more.

    :raises UsageError: bad-query, query-update, query-service, query-from, query-failed; too-many-bytes, for a
        graph that is larger than MOST_BYTES or has more triples than the limit.
    """
    from kg.store.answers import Boolean, Triples

    found = view.query(text)
    if isinstance(found, Boolean):
        return {"head": {}, "boolean": bool(found)}, 1, False
    if isinstance(found, Triples):
        return _graph(found, limit), len(found), False
    return _rows(found, limit)


def _rows(found: Solutions, limit: int) -> tuple[Json, int, bool]:
    bindings: list[Json] = []
    size = 0
    is_cut = False
    for row in found:
        named = zip(found.variables, row, strict=True)
        binding = {name: _term_json(term) for name, term in named if term is not None}
        size += len(json.dumps(binding)) + 2
        if len(bindings) == limit or (bindings and size > MOST_BYTES - _FRAME):
            is_cut = True
            break
        bindings.append(binding)
    answer: Json = {"head": {"vars": list(found.variables)}, "results": {"bindings": bindings}}
    return answer, len(bindings), is_cut


def _graph(found: Triples, limit: int) -> Json:
    """A part of a graph may mislead where a part of a table does not, so there is none."""
    if len(found) > limit:
        what = f"the answer has {len(found)} triples, and the limit is {limit}"
        raise UsageError(what, mend="raise 'limit', or ask for less", rule="too-many-rows")
    text = found.serialize("json-ld")
    if len(text) > MOST_BYTES:
        what = f"the answer has {len(text)} bytes, and at most {MOST_BYTES} are given"
        raise UsageError(what, mend="ask for less", rule="too-many-bytes")
    graph: Json = json.loads(text)
    return graph


def _term_json(term: Term | Triple) -> Json:
    """A term as SPARQL 1.1 Query Results JSON has it."""
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal():
            return _literal_json(term)
        case Triple():
            parts: dict[str, Json] = {
                "subject": _term_json(term.subject),
                "predicate": _term_json(term.predicate),
                "object": _term_json(term.object),
            }
            return {"type": "triple", "value": parts}
    raise AssertionError(f"no term: {term!r}")


def _literal_json(term: Literal) -> dict[str, Json]:
    found: dict[str, Json] = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        found["datatype"] = term.datatype.value
    return found
