"""The tools for agents by name: when to use which, and what each may be asked."""

from __future__ import annotations

from dataclasses import dataclass

from kg.server.agents.parameters import Parameter
from kg.shapes.asked import STANCES

_ANY = "a name in any language, script or romanisation, or an IRI or identifier such as id:kim-jong-un"


@dataclass(frozen=True, slots=True)
class ToolOffer:
    """One tool: what a model is told of it, and its parameters."""

    name: str
    title: str
    says: str
    parameters: tuple[Parameter, ...]


_EXACTLY = Parameter(
    "exactly",
    "flag",
    "With a party: only what it says itself or what is said naming it; leaves out what its officials say "
    "because of their office.",
    default=False,
)
_DAYS = (
    Parameter(
        "as_of",
        "day",
        "Only what had been SAID in public by this day (YYYY, YYYY-MM or YYYY-MM-DD), whatever day it speaks "
        "of. Asks: what was known or admitted then?",
    ),
    Parameter(
        "on",
        "day",
        "Only what is said to HOLD on this day, whenever it was said. Asks: what was the case then? Never mix "
        "it up with as_of.",
    ),
)
_STATUS = (
    Parameter("undisputed", "flag", "Leave out what others dispute or deny.", default=False),
    Parameter("disputed", "flag", "Keep only what others dispute or deny.", default=False),
)
_INFER = Parameter(
    "infer",
    "flag",
    "Add what follows from each claim by itself and the ontology (superclasses, inverses).",
    default=False,
)
_LANG = Parameter("lang", "text", "The language of labels, as a tag such as en, fr or uk.", default="en")
_DETAIL = Parameter(
    "detail",
    "text",
    "brief gives each claim once, under 'claims', with all that a citation needs; full gives every claim "
    "wherever it occurs with every passage and stance, as 'kg --format json' does, and is some five times as "
    "long.",
    choices=("brief", "full"),
    default="brief",
)
_PARTY = Parameter(
    "according_to",
    "texts",
    "The perspective: only what these parties assert or confirm, by themselves or by who speaks for them. "
    "Leave it out for what anyone says. Names of states, organisations, groups or people.",
    most=20,
)


def _limit(default: int, most: int, what: str) -> Parameter:
    return Parameter(
        "limit",
        "count",
        f"The most {what} to give. The answer says when there are more.",
        default=default,
        most=most,
    )


_PERSPECTIVE = (_PARTY, *_DAYS, *_STATUS, _EXACTLY, _INFER, _LANG)

#: The tools, in the order in which a model will want them.
TOOLS: tuple[ToolOffer, ...] = (
    ToolOffer(
        "find",
        "Find things by name",
        "Find people, states, organisations, offices, places, treaties, events and claims by name, in any "
        "language, script or romanisation. Use it first when you do not know whether or how something is "
        "named here, or when another tool says that a name is unknown or ambiguous. Best first; each hit has "
        "the IRI that the other tools take, and why it matched. Names are nobody's claim, so there is no "
        "perspective to choose.",
        (
            Parameter("name", "text", "The name, or a part of it.", is_required=True),
            Parameter("types", "texts", "Only things of these classes, such as Person or State.", most=20),
            _LANG,
            _limit(10, 200, "hits"),
        ),
    ),
    ToolOffer(
        "show",
        "Show one thing",
        "All there is on one thing: names, offices held, and its relations in both directions, each with the "
        "claims that say so and who denies them. Use it to get to know a person, state, event or treaty, or "
        "to read one claim, source or public statement in full. For the legal life of a treaty use 'treaty'; "
        "for a mere list of claims use 'claims'.",
        (
            Parameter("thing", "text", f"The thing: {_ANY}.", is_required=True),
            *_PERSPECTIVE,
            _limit(50, 1000, "facts; of a source or statement, claims"),
            _DETAIL,
        ),
    ),
    ToolOffer(
        "claims",
        "List claims: who said what, when",
        "List claims by date: who said what, for whom, when, in which source and paragraph, and who confirmed "
        "or denied it. Use it for 'what did X say', 'who says that', 'who denied it and when' (stance=denies). "
        "Give about, by or a perspective to narrow it. With stance, each row is one stance with its own date "
        "and source.",
        (
            Parameter("about", "text", f"Only claims that speak of this thing: {_ANY}."),
            Parameter("by", "text", "Only claims of this party, or of who speaks for it."),
            Parameter(
                "stance",
                "text",
                "Only claims on which somebody (with 'by': that party) takes this stance.",
                choices=STANCES,
            ),
            *_PERSPECTIVE,
            _limit(20, 500, "claims"),
            _DETAIL,
        ),
    ),
    ToolOffer(
        "disputes",
        "Show where parties contradict each other",
        "Where parties contradict each other, side by side, the newest first: what each holds, rejects or "
        "evades, since when, and what it said before. Use it before you state as fact what only one side "
        "says. Here according_to keeps the disputes in which a party takes a side; it does not silence the "
        "other side. 'incompatible' marks what cannot both hold though nobody says so.",
        (
            Parameter("about", "text", f"Only disputes on this thing: {_ANY}."),
            *_PERSPECTIVE,
            _limit(5, 200, "disputes"),
            _DETAIL,
        ),
    ),
    ToolOffer(
        "timeline",
        "List what happened in order of time",
        "Events, acts under treaties, states of affairs and public statements in order of time, each with who "
        "says so. Use it for chronologies. since and until choose by the day on which it HAPPENED, as_of by "
        "the day on which it was SAID.",
        (
            Parameter("about", "text", f"Only what concerns this thing: {_ANY}."),
            Parameter("since", "day", "Only what may have happened on this day or later."),
            Parameter("until", "day", "Only what may have happened by this day."),
            *_PERSPECTIVE,
            _limit(30, 1000, "entries"),
            _DETAIL,
        ),
    ),
    ToolOffer(
        "treaty",
        "Show a treaty and what it obliges to",
        "The treaties, or one in full: parties, status on a day (signed, ratified, in force ...), life cycle, "
        "articles, obligations with their triggers, who says that an obligation fell due and who rejects that "
        "(casus foederis), who called upon it. The status is derived from the acts by 'on', else by 'as_of', "
        "else from all.",
        (
            Parameter("treaty", "text", f"The treaty: {_ANY}. Without it all are listed."),
            *_PERSPECTIVE,
            _limit(10, 200, "treaties to list"),
            _DETAIL,
        ),
    ),
    ToolOffer(
        "compare",
        "Compare two parties, or two days",
        "Put two perspectives side by side. With two parties: where they agree, differ, or one is silent. With "
        "one party (or none, for anyone) and a second day: what changed in what it says - gained, lost, kept. "
        "Use it for 'do X and Y agree' and 'when did X change its account'.",
        (
            Parameter(
                "parties",
                "texts",
                "Two parties to compare; or one, or none, with with_as_of or with_on.",
                most=2,
            ),
            *_DAYS,
            Parameter("with_as_of", "day", "Compare as_of with this later day: what changed in between."),
            Parameter("with_on", "day", "Compare what holds on a day ('on') with what holds on this one."),
            *_STATUS,
            _EXACTLY,
            _INFER,
            _LANG,
            _limit(20, 500, "rows of each part"),
            _DETAIL,
        ),
    ),
    ToolOffer(
        "query",
        "Run a SPARQL 1.1 query",
        "Run a read-only SPARQL 1.1 query over a perspective; use it when no other tool answers, and read the "
        "resources foedus://ontology (terms) and foedus://questions (examples) first. The prefixes kg: id: "
        "claim: stance: statement: evidence: source: code: graph: date: rdf: rdfs: owl: xsd: skos: are known. "
        "The default graph is what the perspective asserts, each triple once; GRAPH ?claim { ... } asks which "
        "claim says it; GRAPH graph:record { ... } holds who said what when. Time, rows and size are limited; "
        "SERVICE, FROM under a perspective, and updates are refused. Write LIMIT into the query.",
        (
            Parameter("query", "text", "The query: SELECT, ASK, CONSTRUCT or DESCRIBE.", is_required=True),
            *_PERSPECTIVE,
            _limit(100, 10_000, "rows"),
        ),
    ),
)

BY_NAME = {tool.name: tool for tool in TOOLS}
