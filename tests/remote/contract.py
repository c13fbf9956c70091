"""What is asked of every engine, in the words of the command line; and answers in a form that can be compared."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tests.commands.door import Done

#: name -> options
PERSPECTIVES: dict[str, tuple[str, ...]] = {
    "default": (),
    "Russia": ("--according-to", "Russia"),
    "Ukraine in April": ("--according-to", "Ukraine", "--as-of", "2025-04-25"),
    "as of 28 April": ("--as-of", "2025-04-28"),
    "undisputed": ("--undisputed",),
}
_QUERIES = {
    "rows": "SELECT ?d ?who { ?d a kg:Deployment ; kg:sendingState ?who } ORDER BY ?d ?who",
    "own prefixes": "# mine\nPREFIX kg: <https://w3id.org/foedus/id/> PREFIX o: <https://w3id.org/foedus/ontology#>\n"
    "SELECT ?d { ?d o:sendingState kg:north-korea ; a ?class . FILTER(STRSTARTS(STR(?class), STR(o:))) }",
    "merge": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "join": "SELECT (COUNT(*) AS ?n) { ?claim a kg:Claim ; kg:claimant ?who ; kg:statedIn ?in . ?in kg:statedOn ?day }",
    "values": "SELECT ?s ?unnamed { ?s kg:unnamed ?unnamed } ORDER BY ?s",
    "literals": "SELECT ?label { id:north-korea rdfs:label ?label } ORDER BY ?label",
    "path": "SELECT DISTINCT ?above { kg:MilitaryUnit rdfs:subClassOf+ ?above } ORDER BY ?above",
    "graph": "SELECT ?claim (COUNT(*) AS ?n) { GRAPH ?claim { ?s ?p ?o } } GROUP BY ?claim ORDER BY ?claim",
    "record": "SELECT (COUNT(*) AS ?n) { GRAPH graph:record { ?s ?p ?o } }",
    "says": "SELECT DISTINCT ?claim { GRAPH ?claim { ?d kg:sendingState id:north-korea } } ORDER BY ?claim",
    "yes": "ASK { ?d kg:sendingState id:north-korea }",
    "no": "ASK { ?d kg:sendingState id:france }",
    "construct": "CONSTRUCT { ?d kg:sendingState ?who } WHERE { ?d kg:sendingState ?who }",
}
_LOOK_UPS: dict[str, tuple[str, ...]] = {
    "find": ("find", "Putin"),
    "list": ("list", "claims", "--limit", "5"),
    "show": ("show", "Russia"),
    "show a person": ("show", "Kim Jong Un"),
    "claims": ("claims", "North Korea"),
    "timeline": ("timeline", "North Korea"),
    "disputes": ("disputes",),
    "treaty": ("treaty",),
    "path": ("path", "North Korea", "Ukraine"),
    "network": ("network", "relations"),
    "compare": ("compare", "Russia", "Ukraine"),
}
QUERIES: dict[str, tuple[str, ...]] = {
    f"query {name}": ("query", "-e", text) for name, text in _QUERIES.items()
}
#: name -> the verb and what it is asked
CASES: dict[str, tuple[str, ...]] = {**_LOOK_UPS, **QUERIES, "export": ("export",)}
#: What is asked of a store that is too large to be copied: each is about a thing or a party.
ABOUT: dict[str, tuple[str, ...]] = {
    "find a name": ("find", "Putin"),
    "show a state": ("show", "Russia"),
    "show a person": ("show", "Kim Jong Un"),
    "show an office": ("show", "id:office-president-of-russia"),
    "show a claim": ("show", "claim:ukraine-general-staff-2025-04-26-kursk"),
    "show a source": ("show", "source:tass-1950213"),
    "claims about a place": ("claims", "Kursk Oblast"),
    "timeline of a state": ("timeline", "North Korea"),
    "disputes on a place": ("disputes", "Kursk Oblast"),
    "disputes of a party": ("disputes", "--according-to", "Russia"),
    "one treaty": ("treaty", "csp-2024"),
    "claims that a party denies": ("claims", "--by", "Ukraine", "--stance", "denies"),
    "two parties": ("compare", "Russia", "Ukraine"),
    "change": ("compare", "--according-to", "Russia", "--as-of", "2025-04-25", "--with-as-of", "2025-04-28"),
}
#: What reads all of a store.
WHOLE: tuple[tuple[str, ...], ...] = (
    ("list", "claims"),
    ("disputes",),
    ("claims",),
    ("timeline",),
    ("treaty",),
    ("network", "relations"),
    ("path", "North Korea", "Ukraine"),
    ("export",),
)
#: What has no perspective, or one of its own.
_WITHOUT = ("find", "list", "compare")
#: A party's perspective has no disputes.
_ONE_SIDED = ("Russia", "Ukraine in April")


def cases(names: Sequence[str]) -> list[tuple[str, str]]:
    """Each case with each perspective that it can be asked under."""
    return [
        (case, perspective)
        for case in names
        for perspective in PERSPECTIVES
        if (perspective == "default" or _words(case)[0] not in _WITHOUT)
        and not (_words(case)[0] == "disputes" and perspective in _ONE_SIDED)
    ]


def command(case: str, perspective: str, store: str) -> list[str]:
    """The command line; its answer is JSON, or canonical RDF."""
    words = _words(case)
    format = "trig" if words[0] == "export" else "ntriples" if case == "query construct" else "json"
    return [*words, *PERSPECTIVES[perspective], "--format", format, "--store", store]


def _words(case: str) -> tuple[str, ...]:
    return CASES[case] if case in CASES else ABOUT[case]


def comparable(done: Done) -> object:
    """The exit code, what was said if it failed, and the answer.

    The rows of a query are sorted: which of two texts in different languages comes first, SPARQL leaves open.
    """
    try:
        answer: object = json.loads(done.out)
    except ValueError:
        answer = done.out
    if isinstance(answer, dict) and "results" in answer:
        answer["results"]["bindings"].sort(key=json.dumps)
    return done.code, done.err if done.code not in (0, 1) else "", answer
