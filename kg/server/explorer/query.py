"""The SPARQL editor as a document: the query of the address or of an example, and the competency questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import NotFoundError
from kg.paths import ontology_folder
from kg.rdf.queries import named_query
from kg.rdf.vocabulary import PREFIXES
from kg.server.explorer import documents
from kg.server.explorer.asked import Place, controls
from kg.server.explorer.documents import Document, text, texts
from kg.server.explorer.fault import told_as_document
from kg.server.explorer.french import pairs
from kg.server.reply import Reply
from kg.server.work import Work

_SAID = (
    *(
        "running",
        "cancelled",
        "copied",
        "copy_by_hand",
        "at_place",
        "failed",
        "rows",
        "row",
        "triples",
        "rows_shown",
    ),
    *("more_rows", "no_rows", "yes", "no", "subject", "predicate", "object", "drawn", "drawn_all", "drawing"),
    *("download", "completions", "colon"),
)
#: Two to begin with that are no competency question: name -> the title among our texts.
_OWN = {"plain": "example_plain", "graph": "example_graph"}


@dataclass(frozen=True, slots=True)
class Question:
    """A query to begin with: its number, what it asks in English, its text."""

    number: str
    title: str
    query: str


@cache
def questions() -> tuple[Question, ...]:
    """The competency questions of the ontology, by number."""
    found = []
    for file in sorted((ontology_folder() / "questions").glob("*.rq")):
        query = file.read_text(encoding="utf-8")
        found.append(Question(file.stem.partition("-")[0], query.partition("\n")[0].lstrip("# "), query))
    return tuple(found)


@told_as_document("/query")
def editor(work: Work, reply: Reply, place: Place) -> None:
    """The editor with a ``query``, or with the example of a ``question``."""
    lang, asked_for = place.lang, work.text("question")
    query = work.text("query") or _example(asked_for or "plain")
    examples = [{"id": name, "title": text(lang, title), "lang": lang} for name, title in _OWN.items()] + [
        {"id": question.number, "title": question.title, "lang": "en"} for question in questions()
    ]
    kept = [("question", asked_for)] if asked_for else []
    try:
        asked: Mapping[str, object] | None = controls(work, place, action="/query")
    except NotFoundError as fault:
        if fault.rule != "no-claims":
            raise
        asked = None  # a plain dataset has no perspectives
    told = {
        "bar": place.bar([*kept, *([("query", work.text("query"))] if work.text("query") else [])]),
        "asked": asked,
        "query": query,
        "examples": [
            {
                **example,
                "here": example["id"] == asked_for,
                "href": place.href("/query", [("question", example["id"])]),
            }
            for example in examples
        ],
        "data": {
            "prefixes": dict(PREFIXES),
            "say": {name: texts(lang)[name] for name in _SAID},
            "faults": pairs(lang),
            "lang": lang,
            "runs": bool(work.text("query") or asked_for),
        },
    }
    scripts = (*(["perspective"] if asked else []), "words", "editor", "answer", "drawing", "query")
    document = Document("query", text(lang, "query_title"), here="query", told=told, scripts=scripts)
    documents.send(reply, document, {}, lang=lang)


def _example(name: str) -> str:
    if name in _OWN:
        return named_query(f"explorer_{name}")
    for question in questions():
        if question.number == name:
            return question.query
    raise NotFoundError(f"there is no question {name!r}", mend="'/query' lists them", rule="unknown-question")
