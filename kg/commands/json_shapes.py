"""The JSON that scripts may rely on: the keys of every answer and what they hold."""

from __future__ import annotations

#: One thing, party, code or source wherever it occurs.
NAMED = {"iri": "its IRI", "label": "its label in the language of --lang"}

#: A claim wherever it occurs.
CLAIM = {
    "claim": "its IRI",
    "text": "what is claimed, in our words",
    "claimant": "NAMED: who says it",
    "on_behalf_of": "NAMED or null: the party that is spoken for",
    "stated_on": "the day it was said as far as known: 2025, 2025-03, 2025-03-21, an interval, an open end",
    "precision": "year, month, day or interval",
    "published_on": "the day it became public, when that is another; else null",
    "date_resolved_from": "the words of the source that give the date, or null",
    "stance": "the stance asked for with --stance; else where the claimant's party stands now",
    "stance_of": "NAMED: whose stance that is",
    "source": "NAMED or null: the first source that carries it",
    "paragraph": "the paragraph in that source, or null",
    "start": "where the passage begins: Unicode code points from the beginning of the source, or null",
    "end": "where it ends; the passage does not include this code point",
    "confirmed_by": "list of POSITION: other parties whose latest stance confirms or asserts it",
    "denied_by": "list of POSITION: other parties whose latest stance denies or disputes it",
    "not_denied_by": "list of POSITION: other parties that were asked and did not deny it",
    "declined_by": "list of POSITION: other parties that declined to comment",
    "stances": "list of POSITION: every stance by anyone, in order of date",
    "epistemic_status": "the code of how sure the claimant is, or null",
    "quotation": "the few words of a public figure that are quoted, or null",
    "statement": "NAMED: the public statement in which it was said",
    "medium": "NAMED or null: the kind of statement",
    "addressees": "list of NAMED",
    "relayed_by": "list of NAMED: the statements that relayed it, nearest to the speaker first",
    "issues": "list of NAMED: the questions on which it takes a side",
    "contradicts": "list of IRIs of claims",
    "supersedes": "list of IRIs of claims",
    "evidence": "list of {source, url, paragraph, start, end, locator, note}: every passage",
}

#: Where a party stands on a claim.
POSITION = {
    "iri": "the party",
    "label": "its label",
    "stance": "asserts, confirms, does-not-deny, declines-to-comment, disputes, denies, retracts or revises",
    "by": "NAMED: who spoke for it",
    "on": "the day it became public, or null",
    "source": "NAMED or null",
    "paragraph": "the paragraph in that source, or null",
}

#: Verb -> (what the answer is, the keys of it or of each of its members).
VERB_SHAPES: dict[str, tuple[str, dict[str, str]]] = {
    "find": (
        "a list, best first, of",
        {
            "iri": "the thing",
            "label": "its label",
            "types": "list of IRIs of its classes",
            "score": "how well the name fits, 0 to 1",
            "matched": "the name that matched",
            "lang": "the language of that name, or empty",
            "why": "exact name, alias, weak name, transliteration, typo ...",
            "claim": "the claim by which alone the thing has that name, or null",
        },
    ),
    "show": (
        "one object with",
        {
            "iri": "the thing",
            "label": "its label",
            "types": "list of NAMED: its classes",
            "names": "list of {text, lang, kind}; kind is label, alias or weak",
            "offices": "list of {tenure, holder, office, from, until, claims}",
            "facts": "list of {property, value, label, inverse, claims}; value is NAMED or a text",
            "claims": "list of CLAIM: all that stand behind the facts, by date",
            "says": "only of a claim, a source or a statement: what the claim says; "
            "list of {subject, property, value, label, inverse, claims}",
        },
    ),
    "claims": ("a list of CLAIM, by date", {}),
    "disputes": (
        "a list, the newest conflict first, of",
        {
            "issue": "NAMED: the question; of a conflict on no issue the claim that is contested, or the thing",
            "kind": "declared, or incompatible: what cannot both hold though nobody says so",
            "day": "the latest day on which a stance in the conflict became public, or null",
            "sides": "list of {party, position, date, since, holds, rejects, neither, claims, history}: those "
            "in conflict first; position is the latest that counts, of that date, taken without a break since; "
            "holds, rejects and neither are lists of IRIs of claims; claims are CLAIM with the party's stance; "
            "history has each stance in order: POSITION with the IRI of its claim",
            "conflicts": "list of {how, claims, about}: how is denial, contradiction, control, count or date; "
            "claims are IRIs; about is the place, event or act, or null",
        },
    ),
    "timeline": (
        "a list, by date, of",
        {
            "date": "the date as far as known",
            "precision": "year, month, day or interval",
            "kind": "event, act, state or statement",
            "iri": "what is dated",
            "label": "its label",
            "claims": "list of CLAIM",
        },
    ),
    "path": (
        "a list of paths, the shortest first, each a list of",
        {
            "from": "NAMED: where the step begins",
            "property": "NAMED: the relation",
            "to": "NAMED: where the step ends",
            "inverse": "true when the relation points from `to` to `from`",
            "claims": "list of CLAIM; empty where the reference says it",
        },
    ),
    "network": (
        "a list of edges, those with most claims first, each with the keys down to `claims`; with --measure a list of "
        "{rank, thing, value}, the best first; with --measure distance a list of {date, steps}",
        {
            "from": "{iri, label, type}: where the edge begins; type is its class",
            "to": "the same: where it ends; for meetings and agreement direction means nothing",
            "property": "the property, code or class that says what the edge is, or empty",
            "label": "the same in words",
            "weight": "the number of claims; of agreement from -1, always on opposite sides, to 1, always on the same",
            "obligation": "of obligations: its IRI",
            "treaty": "of obligations: the IRI of the treaty",
            "article": "of obligations: the number of the article, 0 where the claim names none",
            "trigger": "of obligations: what must be met, in words",
            "meeting": "of meetings: its IRI",
            "date": "of meetings: its dates as the claims give them; of a distance: the day as of which, or null",
            "same": "of agreement: on how many disputed claims the two take the same side",
            "opposite": "of agreement: on how many they take opposite sides",
            "claims": "list of IRIs; empty where the reference says it",
            "rank": "1 for the best, and equal for equal values",
            "thing": "{iri, label, type}",
            "value": "of the measure; of communities the number of the community",
            "steps": "the number of relations between the two, or null where nothing connects them",
        },
    ),
    "compare": (
        "one object (for several parties at two days a list of them) with",
        {
            "left": "{parties, as_of, on}: a list of NAMED, empty for anyone, and two days or null",
            "right": "the same of the other side",
            "change": "true for one party at two days",
            "counts": "{issues, claims, facts}: how many there are of each verdict, whatever --limit",
            "issues": "list of {issue, text, verdict, left, right}: issue is NAMED, or null for a claim on none; left "
            "and right are {position, claims, rejects}: the CLAIMs that are held, and those denied or disputed",
            "claims": "list of {claim, text, verdict, issues, left, right, changed_by, superseded_by}; left and right "
            "are {position, by, through}: by is POSITION or null, through the claims that say the same or the "
            "contrary; changed_by is a list of POSITION",
            "facts": "list of {subject, property, value, label, verdict, left, right, left_position, right_position}; "
            "value is NAMED or a text; left and right are the claims by which each side holds it",
            "verdict": "agree, differ, silent, of an issue also apart; of a change kept, gained, lost, of an issue "
            "also changed",
            "position": "holds, denies, disputes, holds-the-contrary, says-the-same, retracts, left-out, "
            "does-not-deny, declines-to-comment or silent",
        },
    ),
    "treaty": (
        "one object (without THING a list of them) with",
        {
            "iri": "the treaty",
            "label": "its label",
            "parties": "list of NAMED",
            "lifecycle": "list, by date, of ACT = {act, party, date, iri, modality, performed_by, claims}",
            "status": "not signed, signed, approved, ratified, in force, terminated or unknown",
            "status_on": "the day of that status, or null: after the last known act",
            "status_by_party": "list of {party, status, since, acts, dated_otherwise}: lists of ACT, those done "
            "by the day and those that some claims date otherwise",
            "articles": "list of {iri, number, label, obligations, claims}; obligations are {iri, type, obligor, "
            "obligee, trigger, at_request, action, promptness, limits, claims}",
            "invocations": "list of CLAIM, by date: that somebody acted under it, or called upon it",
            "casus_foederis": "list of {obligation, type, obligor, obligee, trigger, claims, claimed_by, rejected_by, "
            "declined_by, not_denied_by, justification_rejected_by, under_treaty}: who says that an obligation fell "
            "due; claims are those that invoke it, the last six lists of {party, position, by, date, claim, text, "
            "source, paragraph}; position is a stance, or contradicts: by holding the claim",
            "replaces": "list of NAMED: older treaties",
        },
    ),
    "query": ("SPARQL 1.1 Query Results JSON; JSON-LD for CONSTRUCT and DESCRIBE", {}),
    "list": (
        "a list of objects with the columns of the table, and `iri` and `label` where a row is a thing",
        {},
    ),
    "terms": (
        "a list of objects, with more keys when TERM fits only one, with",
        {
            "iri": "the term",
            "kind": "class, property, code or code list",
            "label": "its label",
            "definition": "its definition",
        },
    ),
}
