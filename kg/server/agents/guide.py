"""What a model is told besides its tools: how to use them, what a perspective is, how to cite."""

from __future__ import annotations

#: What a client shows its model when it connects.
INSTRUCTIONS = """\
A knowledge graph of claims: who said what, for whom, when, in which source. It holds claims, not truths: say who \
claims a thing, and who denies it, wherever you use it.
- Start with 'find' when you do not know a name; then 'show', 'claims', 'disputes', 'timeline', 'treaty', \
'compare'. Use 'query' (SPARQL) only for what these do not answer.
- A perspective narrows every answer: according_to (whose account), as_of (what had been said by a day), on (what \
is said to hold on a day). They are never the same: choose by the question.
- Cite each statement by claimant (and the party it speaks for), date, source with paragraph, and the identifier \
of the claim, such as claim:euronews-p15-1.
- 'truncated' says that there is more than is given; an empty answer says that nobody here claims it, not that it \
is false.
The resource foedus://perspectives explains perspectives; foedus://ontology and foedus://questions help to write \
queries."""

#: The guide on perspectives, for models.
PERSPECTIVES = """\
# Perspectives

Every fact here is a claim that somebody made in public. A perspective is the part of the claims that you choose to
hold true for one question. Without any choice it is what anyone asserts, as known by all that is on record, without
what was retracted or replaced.

| parameter | chooses | question |
|---|---|---|
| according_to | what these parties assert or confirm, by themselves or by who speaks for them | what does X say? |
| exactly | with a party: without what its officials say because of their office | what did X itself say? |
| as_of | what had been said in public by the end of a day | what was known or admitted by then? |
| on | what is said to hold on a day: offices, control, states of affairs | what was the case then? |
| undisputed | without what others dispute or deny | what does nobody contest? |
| disputed | only what others dispute or deny | what is contested? |
| infer | with what follows from each claim by the ontology | for queries over superclasses and inverses |

## Two times

as_of is about the saying, on is about what is said. 'Had North Korea admitted it by 25 April 2025?' is as_of
2025-04-25. 'Who was defence minister on 25 April 2025?' is on 2025-04-25. 'Who was, as far as one could know a year
later?' is both. A year or a month means its last day.

## Stances

Parties take stances on claims: asserts, confirms, does-not-deny, declines-to-comment, disputes, denies, retracts,
revises. What counts is the latest of a party. A party that declines to comment has not admitted anything, and one
that does not deny has not confirmed. Each claim in an answer tells who confirmed and who denied it, and when.

## Recipes

- Has X admitted it? claims(about=..., by=X, stance=confirms), and stance=denies for what it said before.
- What changed in X's account? compare(parties=[X], as_of=earlier, with_as_of=later).
- Do X and Y agree? compare(parties=[X, Y]).
- Is it contested? disputes(about=...), or claims(about=..., disputed=true).
- Was the treaty in force on a day, and by whose word? treaty(treaty=..., on=day).
- What would X's account alone make of it? any tool with according_to=[X].

## How to cite

A citation names the claimant, the party it speaks for, the day it was said (stated_on, and published_on where it
became public later), the source with its paragraph, and the claim's identifier. 'start' and 'end' are the passage in
code points of the source's text. 'text' is our wording; only 'quotation' holds words of the speaker. Dates may be
open: until-2025-04-25 means some day up to then.

## How it lies in RDF

A claim is an IRI, and a named graph of that IRI holds what it says. graph:record holds who said what, when and where;
graph:reference holds names and codes, which nobody claims; graph:ontology the terms. In a query the default graph is
the merge of what the perspective asserts.
"""
