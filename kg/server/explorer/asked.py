"""Whose word a document of the explorer shows: its controls, and the address of every other document in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.terms import curie
from kg.rdf.vocabulary import CLAIM, EVIDENCE, PREFIXES, SOURCE, STANCE, STATEMENT
from kg.server.asked import Asked
from kg.server.explorer.documents import LANGUAGES, text, texts
from kg.server.work import Work

#: What lies on record has no neighbourhood: it is shown as it stands.
ON_RECORD = (CLAIM, SOURCE, STATEMENT, STANCE, EVIDENCE)
_DOCUMENTS = (("graph", "/"), ("disputes", "/disputes"), ("query", "/query"), ("about", "/about"))
_TOLD_IN_BAR = ("found_count", "found_nothing")


_PARTIES: dict[tuple[str, str], tuple[Party, ...]] = {}


@dataclass(frozen=True, slots=True)
class Party:
    """A party that can be asked for, and for how many claims it stands."""

    iri: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands: the perspective as it was asked for, its language, and the path it was asked at.

    ``says_lang``: whether the address names the language, so that links must keep it.
    """

    asked: Asked
    lang: str
    says_lang: bool
    path: str = "/"

    def words(self) -> list[tuple[str, str]]:
        """What every address keeps."""
        asked = self.asked
        found = [("according-to", party) for party in asked.according_to]
        found += [(word, day) for word, day in (("as-of", asked.as_of), ("on", asked.on)) if day]
        found += [
            (word, "true") for word in ("undisputed", "disputed", "exactly", "infer") if getattr(asked, word)
        ]
        return found + self.tongue()

    def tongue(self) -> list[tuple[str, str]]:
        """The language, when the address names it."""
        return [("lang", self.lang)] if self.says_lang else []

    def href(self, path: str, more: Sequence[tuple[str, str]] = (), *, hash: str = "") -> str:
        """The address of another document in this perspective."""
        query = urlencode([*more, *self.words()], quote_via=quote)
        return path + (f"?{query}" if query else "") + hash

    def thing(self, iri: str, *, in_graph: bool = False) -> str:
        """The address of a thing's document; ``in_graph``: of the page of the whole with the thing chosen."""
        short = curie(iri)
        chosen = f"#thing={quote(short, safe='')}"
        if in_graph:
            return self.href("/", hash=chosen)
        return self.href(
            f"/things/{quote(short, safe=':')}", hash="" if iri.startswith(ON_RECORD) else chosen
        )

    def bar(self, more: Sequence[tuple[str, str]] = ()) -> dict[str, object]:
        """What the bar's template is given; ``more``: what an address of this document has besides."""
        says = texts(self.lang)
        other = [pair for pair in self.words() if pair[0] != "lang"]
        return {
            "query": self.href(""),
            "kept": self.words(),
            "tabs": [
                {"href": self.href(path), "label": says[name], "here": path == self.path}
                for name, path in _DOCUMENTS
            ],
            "languages": [
                {
                    "code": code,
                    "name": name,
                    "here": code == self.lang,
                    "href": f"{self.path}?{urlencode([*more, *other, ('lang', code)], quote_via=quote)}",
                }
                for code, name in LANGUAGES.items()
            ],
            "data": {
                "things": "/things/",
                "lang": self.lang,
                "records": [curie(iri + "x")[:-1] for iri in ON_RECORD],
                "prefixes": sorted(PREFIXES.items(), key=lambda pair: (-len(pair[1]), pair[0])),
                "say": {name: says[name] for name in _TOLD_IN_BAR},
            },
        }


def place_of(work: Work, path: str) -> Place:
    """Where the document that a task makes stands; a path that ends in a slash has its thing after it."""
    if path.endswith("/"):
        path += quote(work.text("thing"), safe=":")
    return Place(work.asked, work.text("lang", "en"), bool(work.arguments.get("says_lang")), path)


def parties(work: Work, lang: str) -> tuple[Party, ...]:
    """Those who say most, in the whole store; read once for a generation."""
    key = (work.opened.generation, lang)
    if key not in _PARTIES:
        for old in [old for old in _PARTIES if old[0] != key[0]]:
            del _PARTIES[old]
        view = work.graph.perspective()
        found = rows(view.store, named_query("explorer_parties"))
        labels = view.in_language(lang).labels([party for party, _ in found])
        counted = (Party(party, labels[party], int(count)) for party, count in found)
        _PARTIES[key] = tuple(sorted(counted, key=lambda party: (-party.count, party.label)))
    return _PARTIES[key]


def controls(
    work: Work, place: Place, *, action: str, kept: Sequence[tuple[str, str]] = ()
) -> Mapping[str, object]:
    """What the template of the perspective's controls is given."""
    asked, lang = work.asked, place.lang
    chosen: tuple[str, ...] = ()
    labels: Mapping[str, str] = {}
    if asked.according_to:
        view = work.view.in_language(lang)
        chosen = view.definition.according_to
        labels = view.labels(chosen)
    known = parties(work, lang)
    others = [Party(iri, labels[iri], 0) for iri in chosen if iri not in {party.iri for party in known}]
    return {
        "action": action,
        "kept": [*kept, *place.tongue()],
        "whose": ", ".join(labels[iri] for iri in chosen),
        "parties": [
            {
                "id": curie(party.iri),
                "label": party.label,
                "count": text(lang, "claims_of_party", count=party.count) if party.count else "",
                "chosen": party.iri in chosen,
            }
            for party in (*others, *known)
        ],
        "as_of": asked.as_of,
        "on": asked.on,
        "only": "undisputed" if asked.undisputed else "disputed" if asked.disputed else "",
        "exactly": asked.exactly,
        "infer": asked.infer,
        "further": bool(asked.on or asked.exactly or asked.infer),
    }
