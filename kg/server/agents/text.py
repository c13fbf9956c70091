"""An answer of a tool as compact text: a line for each thing, and for each claim all that a citation needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.rdf.terms import curie
from kg.shapes.text import Json

if TYPE_CHECKING:
    from kg.server.agents.answers import Found

# A text of the data must not pass for a line of ours, nor turn one around.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

_MOST_CLAIMS = 6  # behind one fact; the structured answer has them all


def as_text(tool: str, found: Found, *, whose: str) -> str:
    """The answer for a model that reads text; ``whose`` says of which perspective it is."""
    head = [f"Perspective: {whose}."] if whose else []
    if found.note:
        head.append(found.note)
    if found.is_cut:
        of = "of more" if found.total is None else f"of {found.total}"
        head.append(f"TRUNCATED: {found.given} {of} are given; raise 'limit' or narrow the question.")
    body = _BODIES[tool](found.data) if found.given and found.data is not None else ()
    return "\n".join(_UNSAFE.sub(" ", line) for line in (*head, *body))


def claim_line(claim: Mapping[str, Json]) -> str:
    """A claim in one line: who says what, for whom, when, where it is written, who denies it, its identifier."""
    speaker, behalf, party = (_label(claim[key]) for key in ("claimant", "on_behalf_of", "stance_of"))
    whom = f" for {behalf}" if behalf and behalf != speaker else ""
    day = claim["stated_on"] or "an unknown day"
    public = f", public {claim['published_on']}" if claim["published_on"] else ""
    stance = "" if claim["stance"] == "asserts" else f" {{{party}: {claim['stance']}}}"
    told = [f'"{claim["text"]}"', f"{speaker}{whom}, {day}{public}{stance}", _where(claim)]
    for key, word in (("confirmed_by", "confirmed by"), ("denied_by", "denied by")):
        if parties := ", ".join(map(_position, _list(claim[key]))):
            told.append(f"{word} {parties}")
    return " | ".join(part for part in (*told, curie(str(claim["claim"]))) if part)


def _where(claim: Mapping[str, Json]) -> str:
    if not claim["source"]:
        return ""
    place = f"{_label(claim['source'])} ({_id(claim['source'])})"
    if claim["paragraph"] is not None:
        place += f" ¶{claim['paragraph']}"
    if claim["start"] is not None:
        place += f" [{claim['start']}:{claim['end']}]"
    return place


def _position(position: Mapping[str, Json]) -> str:
    kind = "" if position["stance"] in ("denies", "confirms") else f"{position['stance']} "
    return f"{position['label']} ({kind}{position['on'] or 'undated'})"


def _matches(data: Json) -> Iterator[str]:
    for match in _list(data):
        types = ", ".join(curie(str(kind)).removeprefix("kg:") for kind in _seq(match["types"]))
        by = f" | named so only by {curie(str(match['claim']))}" if match["claim"] else ""
        why = f"{match['why']}: {match['matched']}"
        yield f"- {match['label']} | {types} | {curie(str(match['iri']))} | {why} ({match['score']}){by}"


def _thing(data: Json) -> Iterator[str]:
    thing = _map(data)
    yield f"{thing['label']} | {', '.join(map(_label, _list(thing['types'])))} | {curie(str(thing['iri']))}"
    if names := "; ".join(f"{n['text']} ({n['lang'] or n['kind']})" for n in _list(thing["names"])):
        yield f"Names: {names}"
    for office in _list(thing["offices"]):
        span = f"{office['from'] or '?'} to {office['until'] or '?'}"
        yield f"Office: {_label(office['holder'])}, {_label(office['office'])}, {span}{_refs(office['claims'])}"
    for fact in _list(thing["facts"]):
        arrow = "<- " if fact["inverse"] else ""
        value = f"{fact['label']} ({_id(fact['value'])})" if _is_named(fact["value"]) else str(fact["label"])
        yield f"- {arrow}{_label(fact['property'])}: {value}{_refs(fact['claims'])}"
    for said in _list(thing.get("says", [])):
        yield f"Says: {_label(said['subject'])} | {_label(said['property'])} | {said['label']}"
    if claims := _list(thing["claims"]):
        yield "Claims:"
        yield from _claims(claims)


def _claims(data: Json) -> Iterator[str]:
    return (f"- {claim_line(claim)}" for claim in _list(data))


def _disputes(data: Json) -> Iterator[str]:
    for dispute in _list(data):
        hows = ", ".join(sorted({str(conflict["how"]) for conflict in _list(dispute["conflicts"])}))
        issue = dispute["issue"]
        yield f"Dispute: {_label(issue)} ({_id(issue)}) | {dispute['kind']}: {hows} | latest {dispute['day']}"
        for side in _list(dispute["sides"]):
            since = f" since {side['since']}" if side["since"] not in (None, "", side["date"]) else ""
            yield f"  {_label(side['party'])}: {side['position']} ({side['date'] or 'undated'}){since}"
            yield from (f"  - {_stance(claim)} {claim_line(claim)}" for claim in _list(side["claims"]))


def _stance(claim: Mapping[str, Json]) -> str:
    return f"[{claim['stance']}]"


def _entries(data: Json) -> Iterator[str]:
    for entry in _list(data):
        claims = _list(entry["claims"])
        yield f"{entry['date']} | {entry['kind']} | {entry['label']} | {curie(str(entry['iri']))}"
        for claim in claims[:_MOST_CLAIMS]:
            yield f"  - {_stance(claim)} {claim_line(claim)}"
        if len(claims) > _MOST_CLAIMS:
            yield f"  - and {len(claims) - _MOST_CLAIMS} more"


def _treaties(data: Json) -> Iterator[str]:
    if isinstance(data, Mapping):
        yield from _treaty(data)
        return
    for treaty in _list(data):
        parties = ", ".join(map(_label, _list(treaty["parties"])))
        yield f"- {treaty['label']} | {parties} | {treaty['status']} | {curie(str(treaty['iri']))}"


def _treaty(treaty: Mapping[str, Json]) -> Iterator[str]:
    parties = ", ".join(map(_label, _list(treaty["parties"])))
    on = f"on {treaty['status_on']}" if treaty["status_on"] else "after the last known act"
    yield f"{treaty['label']} | {parties} | {treaty['status']} ({on})"
    for act in _list(treaty["lifecycle"]):
        yield f"Act: {act['date']} {_label(act['act'])} by {_label(act['party']) or 'all'}{_refs(act['claims'])}"
    for article in _list(treaty["articles"]):
        yield f"Article {article['number']}: {article['label']}{_refs(article['claims'])}"
        for duty in _list(article["obligations"]):
            told = [
                f"{key} {duty[key]}" for key in ("trigger", "action", "promptness", "limits") if duty[key]
            ]
            yield f"  Obligation {_short(duty['type'])}: {'; '.join(told)} ({curie(str(duty['iri']))})"
    for casus in _list(treaty["casus_foederis"]):
        yield f"Casus foederis of {_short(casus['obligation'])}:"
        for key in ("claimed_by", "rejected_by", "declined_by", "not_denied_by"):
            for one in _list(casus[key]):
                says = f"{_label(one['party'])}, {one['date']}: {one['text']} | {curie(str(one['claim']))}"
                yield f"  {key.replace('_', ' ')}: {says}"
    if invocations := _list(treaty["invocations"]):
        yield "Called upon, or acted under:"
        yield from _claims(invocations)


def _comparison(data: Json) -> Iterator[str]:
    comparison = _map(data)
    for part, counts in _map(comparison["counts"]).items():
        yield f"{part}: {', '.join(f'{verdict} {number}' for verdict, number in _map(counts).items())}"
    yield "Issues:"
    for issue in _list(comparison["issues"]):
        yield f"- {issue['verdict']}: {_label(issue['issue']) or issue['text']}"
        for side in ("left", "right"):
            told = _map(issue[side])
            yield f"  {side} {told['position']}"
            for key in ("claims", "rejects"):
                yield from (f"    {key}: {claim_line(claim)}" for claim in _list(told[key]))
    yield "Claims:"
    for row in _list(comparison["claims"]):
        standing = "; ".join(f"{side} {_map(row[side])['position']}" for side in ("left", "right"))
        yield f'- {row["verdict"]}: "{row["text"]}" | {standing} | {curie(str(row["claim"]))}'


def _rows(data: Json) -> Iterator[str]:
    if not isinstance(data, Mapping) or "head" not in data:
        import json

        yield json.dumps(data, ensure_ascii=False)
        return
    if "boolean" in data:
        yield "yes" if data["boolean"] else "no"
        return
    names = [str(name) for name in _seq(_map(data["head"])["vars"])]
    yield " | ".join(names)
    for binding in _list(_map(data["results"])["bindings"]):
        yield " | ".join(curie(str(_map(binding.get(name, {})).get("value", ""))) for name in names)


_BODIES: dict[str, Callable[[Json], Iterable[str]]] = {
    "find": _matches,
    "show": _thing,
    "claims": _claims,
    "disputes": _disputes,
    "timeline": _entries,
    "treaty": _treaties,
    "compare": _comparison,
    "query": _rows,
}


def _refs(claims: Json) -> str:
    """The identifiers of the claims behind a fact; a fact without one is a matter of reference."""
    found = [curie(str(claim["claim"])) for claim in _list(claims)]
    if not found:
        return " [reference]"
    more = f" and {len(found) - _MOST_CLAIMS} more" if len(found) > _MOST_CLAIMS else ""
    return f" [{' '.join(found[:_MOST_CLAIMS])}{more}]"


def _short(value: Json) -> str:
    return _label(value) if _is_named(value) else curie(str(value))


def _is_named(value: Json) -> bool:
    return isinstance(value, Mapping) and "iri" in value


def _label(value: Json) -> str:
    return str(value["label"]) if isinstance(value, Mapping) and "label" in value else str(value or "")


def _id(value: Json) -> str:
    return curie(str(value["iri"])) if isinstance(value, Mapping) else ""


def _map(value: Json) -> Mapping[str, Json]:
    assert isinstance(value, Mapping)
    return value


def _seq(value: Json) -> Sequence[Json]:
    assert isinstance(value, Sequence)
    return value


def _list(value: Json) -> list[Mapping[str, Json]]:
    return [_map(member) for member in _seq(value)]
