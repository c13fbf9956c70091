"""The verbs as JSON over HTTP, each a task: what ``kg VERB --format json`` gives for the same question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.dates import first_day, last_day
from kg.errors import NotFoundError, UsageError
from kg.rdf.queries import named_query
from kg.rdf.rows import rows
from kg.rdf.vocabulary import ACTOR
from kg.server.messages import Json
from kg.server.reply import Reply
from kg.server.work import Work
from kg.shapes.asked import STANCES, asked_claims
from kg.shapes.claim import claim_json
from kg.shapes.dispute import dispute_json
from kg.shapes.entry import entry_json
from kg.shapes.found import match_json
from kg.shapes.term import read_terms, term_json
from kg.shapes.text import as_json
from kg.shapes.thing import show_json
from kg.shapes.treaty import treaty_json


def answer(work: Work, reply: Reply) -> None:
    """One verb with its parameters, named in ``verb``."""
    data = _ANSWERS[work.text("verb")](work)
    reply.start("application/json")
    reply.write(as_json(data).encode())


def _limit(work: Work, default: int | None = None) -> int | None:
    given = work.text("limit")
    return int(given) if given else default


def _find(work: Work) -> Json:
    text = work.text("q").strip()
    if not text:
        return []
    found = work.graph.find(
        text, types=work.texts("type"), lang=work.text("lang"), limit=_limit(work, 20) or 20
    )
    return [match_json(match) for match in found]


def _show(work: Work) -> Json:
    iri = work.graph.resolve(work.text("thing"))
    found = show_json(work.view.in_language(work.text("lang")), iri, limit=_limit(work))
    if found is None:
        raise NotFoundError(
            f"nothing is said of {work.text('thing')!r} in this perspective",
            mend="ask with fewer options, or find its name with 'find'",
            rule="nothing-found",
        )
    return found


def _claims(work: Work) -> Json:
    stance, by = work.text("stance"), work.text("by")
    if stance and stance not in STANCES:
        raise UsageError(
            f"there is no stance {stance!r}",
            mend=f"choose one of {', '.join(STANCES)}",
            rule="unknown-stance",
        )
    found = asked_claims(
        work.view.in_language(work.text("lang")),
        about=_thing(work),
        by=_party(work, by) if by else None,
        stance=stance or None,
        limit=_limit(work),
    )
    return [claim_json(claim, stance=taken) for claim, taken in found]


def _disputes(work: Work) -> Json:
    from kg.disputes.find import disputes

    parties = work.view.definition.according_to  # a party's own perspective has one side only
    view = work.opened.view(replace(work.asked, according_to=())).in_language(work.text("lang"))
    found = disputes(view, about=_thing(work), of=parties, limit=_limit(work))
    return [dispute_json(dispute) for dispute in found]


def _timeline(work: Work) -> Json:
    from kg.timeline import first_entries

    found = first_entries(
        work.view.in_language(work.text("lang")),
        about=_thing(work),
        since=first_day(work.text("from") or None),
        until=last_day(work.text("to") or None),
        limit=_limit(work),
    )
    return [entry_json(entry) for entry in found.entries]


def _treaty(work: Work) -> Json:
    from kg.treaties.reading import treaties

    lang, about = work.text("lang"), _thing(work)
    definition = work.view.definition
    found = treaties(
        work.view.in_language(lang), treaty=about, on=definition.on or definition.as_of, lang=lang
    )
    if about and found:
        return treaty_json(found[0])
    return [treaty_json(treaty) for treaty in found[: _limit(work)]]


def _terms(work: Work) -> Json:
    found = read_terms(rows(work.graph.perspective().store, named_query("ontology_terms")))
    return [term_json(term, work.text("lang")) for term in found[: _limit(work)]]


def _thing(work: Work) -> str | None:
    text = work.text("thing")
    return work.graph.resolve(text) if text else None


def _party(work: Work, name: str) -> str:
    try:
        return work.graph.resolve(name, types=(ACTOR,))
    except NotFoundError as cause:
        raise UsageError(f"no party is named {name!r}", mend=cause.mend, rule="unknown-party") from cause


_ANSWERS: dict[str, Callable[[Work], Json]] = {
    "find": _find,
    "show": _show,
    "claims": _claims,
    "disputes": _disputes,
    "timeline": _timeline,
    "treaty": _treaty,
    "terms": _terms,
}
