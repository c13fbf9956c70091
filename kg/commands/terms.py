"""kg terms: the terms of the ontology, or one with all that is said of it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from kg.commands import options, output
from kg.commands.options import Reading
from kg.commands.tables import Section
from kg.errors import NotFoundError
from kg.rdf.terms import curie, expand, local_name
from kg.rdf.vocabulary import OWL, RDFS, SKOS
from kg.shapes.term import DEFINITION, Term, read_terms, term_json

COLUMNS = ("id", "kind", "label", "definition")

_EXAMPLE = SKOS + "example"

#: What the page of one term shows: its heading -> the property of the term.
_SHOWN = {
    "subclass of": RDFS + "subClassOf",
    "subproperty of": RDFS + "subPropertyOf",
    "domain": RDFS + "domain",
    "range": RDFS + "range",
    "inverse of": OWL + "inverseOf",
    "in list": SKOS + "inScheme",
    "broader": SKOS + "broader",
    "notation": SKOS + "notation",
    "exact match": SKOS + "exactMatch",
    "close match": SKOS + "closeMatch",
    "see also": RDFS + "seeAlso",
}


@click.command(cls=options.ReadingVerb)
@click.argument("term", nargs=-1)
@options.reading(perspective=False, limit_help="The most terms to list.")
def command(term: tuple[str, ...], reading: Reading) -> None:
    """Show the classes, properties and codes of the ontology, or all about TERM.

    TERM is a CURIE (kg:Deployment, code:denies), a local name, a label, or a part of one. With one TERM:
    its definition, example, domain, range, list, notation, and how often the data use it. Exit code 1 when
    none fits.

    \b
    kg terms
    kg terms Deployment --lang fr
    kg terms denies
    """
    text = " ".join(term)
    with options.open_view(reading) as (_, view):
        from kg.rdf.queries import iri, named_query
        from kg.rdf.rows import rows

        terms = read_terms(rows(view.store, named_query("ontology_terms")))
        found = _fitting(terms, text, reading.lang)
        uses = 0
        if text and len(found) == 1:
            uses = int(rows(view.store, named_query("term_uses", term=[iri(found[0].iri)]))[0][0])
    if text and len(found) == 1:
        answer = _one(found[0], uses, reading.lang)
    else:
        answer = _list(found[: reading.limit], reading.lang)
    output.write(answer, format=reading.format, file=reading.output)
    if not found:
        raise NotFoundError(f"no term fits {text!r}", mend="'kg terms' lists them all", rule="unknown-term")


def _fitting(terms: list[Term], text: str, lang: str) -> list[Term]:
    """The terms that the text names; when it names none, those in whose name it occurs."""
    if not text:
        return terms
    asked = text.casefold()
    full = expand(text)
    exact = [
        term
        for term in terms
        if full == term.iri or asked in (local_name(term.iri).casefold(), term.label(lang).casefold())
    ]
    if len(exact) > 1:  # kg:office and kg:Office: the case tells
        exact = [term for term in exact if local_name(term.iri) == text] or exact
    return exact or [
        t for t in terms if asked in local_name(t.iri).casefold() or asked in t.label(lang).casefold()
    ]


def _list(terms: Sequence[Term], lang: str) -> output.Answer:
    rows = [(curie(term.iri), term.kind, term.label(lang), term.text(lang, DEFINITION)) for term in terms]
    data: list[output.Json] = [term_json(term, lang) for term in terms]
    return output.Answer(data, COLUMNS, rows)


def _one(term: Term, uses: int, lang: str) -> output.Answer:
    label, definition, example = term.label(lang), term.text(lang, DEFINITION), term.text("", _EXAMPLE)
    shown = {name: [value for value, _ in term.said.get(prop, ())] for name, prop in _SHOWN.items()}
    rows = [
        ("kind", term.kind),
        ("definition", definition),
        *((name, ", ".join(sorted(map(curie, values)))) for name, values in shown.items() if values),
        ("example", example),
        ("used", f"{uses} times"),
    ]
    data: list[output.Json] = [
        {
            "iri": term.iri,
            "kind": term.kind,
            "label": label,
            "definition": definition,
            "example": example or None,
            "uses": uses,
            **{name.replace(" ", "_"): sorted(values) for name, values in shown.items() if values},
        }
    ]
    section = Section(f"{curie(term.iri)}  {label}", (), [row for row in rows if row[1]])
    table = [(curie(term.iri), term.kind, label, definition)]
    return output.Answer(data, COLUMNS, table, (section,))
