"""How each verb that reads is walked: its words, the options that must tell, and why an option may not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import signature

from kg.graph import KnowledgeGraph

Words = tuple[str, ...]

#: option -> two command lines that must be answered differently: by the option alone where it may stand alone.
PAIRS: dict[str, tuple[Words, Words]] = {
    "according_to": (
        ("--according-to", "Russia", "--as-of", "2025-04-27"),
        ("--according-to", "Ukraine", "--as-of", "2025-04-27"),
    ),
    "as_of": (
        ("--according-to", "Russia", "--as-of", "2025-04-25"),
        ("--according-to", "Russia", "--as-of", "2025-04-28"),
    ),
    "on": (("--on", "2024-05-01"), ("--on", "2025-05-01")),
    "undisputed": ((), ("--undisputed",)),
    "disputed": ((), ("--disputed",)),
    "exactly": (
        ("--according-to", "workers-party-of-korea", "--as-of", "2025-04-28"),
        ("--according-to", "workers-party-of-korea", "--as-of", "2025-04-28", "--exactly"),
    ),
    "infer": ((), ("--infer",)),
}
#: The same for the made-up store.
MADE_PAIRS = PAIRS | {
    "according_to": (("--according-to", "Arland"), ("--according-to", "Borland")),
    "as_of": (("--as-of", "2023-05-30"), ("--as-of", "2023-05-31")),
    "on": (("--on", "2020-01-01"), ("--on", "2020-12-31")),
    "exactly": (("--according-to", "Borland"), ("--according-to", "Borland", "--exactly")),
}

#: A dispute about a treaty, which the shipped dossier has not; loaded beside the tiny dossier.
MADE = """
GRAPH claim:pact-4 { id:pact-2020 a kg:Treaty ; kg:hasArticle id:pact-4 . id:pact-4 kg:articleNumber 4 . }
GRAPH graph:reference { id:pact-4 a kg:TreatyArticle ; rdfs:label "Article 4 of the pact"@en , "article 4"@fr . }
GRAPH graph:record {
  claim:pact-4 a kg:Claim ; rdfs:label "the pact has an article 4"@en , "le pacte a un article 4"@fr ;
    kg:claimant id:borland-staff ; kg:onBehalfOf id:borland-staff ; kg:statedIn statement:borland-2023-05 ;
    kg:epistemicStatus code:true-certain ; kg:supportedBy evidence:herald-p1 .
  stance:arland-denies-4 a kg:Stance ; kg:stanceOn claim:pact-4 ; kg:stanceOf id:arland-mfa ;
    kg:onBehalfOf id:arland ; kg:stanceType code:denies ; kg:statedIn statement:arland-2023-07-01 ;
    kg:supportedBy evidence:herald-p2 .
}
"""


#: The options of the walk: what may be asked of a graph.
OPTIONS = [option for option in PAIRS if option in signature(KnowledgeGraph.perspective).parameters]


@dataclass(frozen=True, slots=True)
class Walk:
    """How a verb is asked. ``words`` gives its arguments for an option and a format.

    ``same``: options that rightly change nothing, with the reason. ``record``: the answer tells also of
    claims that the perspective does not hold, as the record does (rule 11), but never of later ones.
    """

    words: Callable[[str, str], Words]
    same: Mapping[str, str] = field(default_factory=dict)
    record: bool = False


def always(*words: str) -> Callable[[str, str], Words]:
    return lambda option, format: words


def by_option(default: Words, **others: Words) -> Callable[[str, str], Words]:
    return lambda option, format: others.get(option, default)


OF_CLAIMS = "WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), STR(claim:))) }"


def query(option: str, format: str) -> Words:
    if format in ("turtle", "ntriples", "jsonld", "rdfxml"):
        return ("-e", f"CONSTRUCT {{ ?s ?p ?o . ?g kg:about ?s }} {OF_CLAIMS}")
    return ("-e", f"SELECT ?g ?s ?p ?o {OF_CLAIMS} ORDER BY ?g ?s ?p ?o")


def treaty(option: str, format: str) -> Words:
    if format == "csv" or option == "undisputed":
        return ("--store", "@made")
    return ("csp-2024",)


def compare(option: str, format: str) -> Words:
    if option in ("according_to", "as_of", "exactly"):
        return ("--with-as-of", "2025-04-30")
    return ("Russia", "Ukraine")


NO_NEW_CLAIM = "what follows from a claim is part of it: there are no other claims, statements or dates"
RECORDED = "where a passage stands is on record, and the record is the same for every party (rule 11)"

WALKS: dict[str, Walk] = {
    "view": Walk(always()),
    "show": Walk(by_option(("dprk-deployment",), on=("Shoigu",), infer=("Shoigu",))),
    "claims": Walk(always(), same={"infer": NO_NEW_CLAIM}),
    "disputes": Walk(always(), same={"infer": NO_NEW_CLAIM}, record=True),
    "compare": Walk(compare, record=True),
    "timeline": Walk(always(), same={"infer": NO_NEW_CLAIM}),
    "path": Walk(
        by_option(
            ("North Korea", "kursk-oblast"),
            on=("Shoigu", "office-defence-minister-of-russia"),
            undisputed=("Russia", "russian-control-kursk"),
            exactly=("Kim Jong Un", "dprk-deployment"),
        ),
        same={"infer": "a step is told in our terms, not in those of others that follow from them"},
    ),
    "network": Walk(always("relations")),
    "treaty": Walk(treaty, same={"infer": NO_NEW_CLAIM}, record=True),  # who rejects that its case was met
    "query": Walk(query),
    "verify": Walk(
        always("euronews-2025-04-28"),
        same=dict.fromkeys(("according_to", "on", "undisputed", "disputed", "exactly", "infer"), RECORDED),
    ),
    "export": Walk(always(), record=True),
    "list": Walk(by_option(("events",), on=("claims",))),
}

#: Verbs that take no perspective -> why not.
WITHOUT = {
    "find": "a name is nobody's claim: whom it names does not hang on who is asked",
    "check": "reads files, before anybody holds anything",
    "load": "writes a store, with all that it is given",
    "mcp": "each tool takes its own perspective: tests/agents",
    "serve": "every perspective is an endpoint of its own: tests/server",
    "terms": "the ontology belongs to every perspective",
}
