"""What a model may read besides asking: the terms of the ontology, the competency questions, the guide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.errors import NotFoundError
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.terms import curie
from kg.rdf.vocabulary import OWL, PREFIXES, RDFS, SKOS
from kg.server.agents.guide import PERSPECTIVES
from kg.server.reply import Reply
from kg.server.work import Work
from kg.shapes.term import DEFINITION, Term, read_terms

#: The part before the path of every resource.
SCHEME = "foedus://"

_TOLD = {
    RDFS + "subClassOf": "is a",
    RDFS + "subPropertyOf": "is a",
    RDFS + "domain": "of",
    RDFS + "range": "holds",
    OWL + "inverseOf": "inverse of",
    SKOS + "inScheme": "in",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A resource: its address below ``foedus://``, and what a model is told of it."""

    path: str
    title: str
    says: str
    media_type: str


def offers() -> list[Offer]:
    """Every resource, in order."""
    found = [
        Offer(
            "perspectives",
            "What a perspective is",
            "Whose account, as said by when, holding on which day: the parameters that every tool shares, "
            "with recipes, and how to cite. Read it first.",
            "text/markdown",
        ),
        Offer(
            "ontology",
            "The terms of the ontology",
            "Every class, property and code with its definition, and the prefixes: what a query is made of.",
            "text/markdown",
        ),
        Offer(
            "questions",
            "The competency questions",
            "What the graph is made to answer, each with its SPARQL: examples for queries.",
            "text/markdown",
        ),
    ]
    for name, question, _ in questions():
        found.append(
            Offer(f"questions/{name}", question, f"The query for: {question}", "application/sparql-query")
        )
    return found


def questions() -> list[tuple[str, str, str]]:
    """The competency questions: number, the question, its query."""
    from kg.paths import ontology_folder

    found = []
    for file in sorted((ontology_folder() / "questions").glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        found.append((file.stem.partition("-")[0], text.partition("\n")[0].lstrip("# "), text))
    return found


def read(uri: str) -> str:
    """The text of a resource that needs no store.

    :raises NotFoundError: unknown-resource.
    """
    path = uri.removeprefix(SCHEME)
    asked = questions()
    texts = {"perspectives": PERSPECTIVES, "questions": _all_questions(asked)}
    texts |= {f"questions/{name}": text for name, _, text in asked}
    if not uri.startswith(SCHEME) or path not in texts:
        raise NotFoundError(
            f"there is no resource '{uri[:80]}'",
            mend=f"choose one of {', '.join(f'{SCHEME}{name}' for name in ('perspectives', 'ontology', 'questions'))}",
            rule="unknown-resource",
        )
    return texts[path]


def _all_questions(asked: Sequence[tuple[str, str, str]]) -> str:
    parts = [f"## {name}. {question}\n\n```sparql\n{text.strip()}\n```\n" for name, question, text in asked]
    return "\n".join(["# Competency questions\n", *parts])


def ontology(work: Work, reply: Reply) -> None:
    """The terms as text; a task of a worker, for they lie in the store."""
    terms = read_terms(rows(work.view.store, named_query("ontology_terms")))
    lines = ["# Terms", "", *(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())]
    for kind, group in groupby(terms, key=lambda term: term.kind):
        lines += ["", f"## {kind}", "", *map(_term_line, group)]
    reply.start("text/markdown")
    reply.write(("\n".join(lines) + "\n").encode())


def _term_line(term: Term) -> str:
    """A term in a line: its name, how it hangs together with others, what it means."""
    told = [
        f"{word} {' '.join(sorted(curie(value) for value, _ in term.said[prop]))}"
        for prop, word in _TOLD.items()
        if prop in term.said
    ]
    ties = f" ({'; '.join(told)})" if told else ""
    return f"- {curie(term.iri)}{ties}: {term.text('en', DEFINITION) or term.label('en')}"
