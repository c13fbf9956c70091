"""What each tool for agents answers: the JSON of the command line, and whether there is more than was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.dates import last_day
from kg.errors import NotFoundError, UsageError
from kg.server.agents.desk import Arguments, Desk, limit_of, party, text, texts
from kg.shapes.text import Json

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_FEWER = "ask with fewer arguments"


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: ``given`` of ``total`` members, ``total`` being None where to count them would take too long.

    ``note``: what to do where there is nothing, or more.
    """

    data: Json
    given: int
    total: int | None
    is_cut: bool
    note: str = ""


def answer(tool: str, desk: Desk, arguments: Arguments) -> Found:
    """The answer of a tool.

    :raises KgError: as the method of :class:`kg.view.View` does; bad-argument.
    """
    return _ANSWERS[tool](desk, arguments)


def _find(desk: Desk, arguments: Arguments) -> Found:
    from kg.shapes.found import match_json

    name, limit = str(arguments["name"]), limit_of(arguments)
    found = desk.graph.find(
        name, types=texts(arguments, "types"), lang=text(arguments, "lang") or "en", limit=limit + 1
    )
    if not found:
        return _listed([], limit, note=_unknown(desk.graph, name))
    return _listed([match_json(match) for match in found], limit)


def _unknown(graph: KnowledgeGraph, name: str) -> str:
    """Why a name finds nothing, with the names that are near."""
    try:
        graph.resolve(name)
    except NotFoundError as refused:
        return f"{refused.what}; {refused.mend}"
    except UsageError:
        pass
    return f"nothing of these types is named {name!r}; leave 'types' out"


def _show(desk: Desk, arguments: Arguments) -> Found:
    from kg.shapes.thing import show_json

    thing, limit = str(arguments["thing"]), limit_of(arguments)
    iri, view = desk.graph.resolve(thing), desk.view(arguments)
    found = show_json(view, iri, limit=limit)
    if found is None:
        return Found(None, 0, 0, False, f"nothing is said of {thing!r} in this perspective; {_FEWER}")
    counted = found["claims"] if "says" in found else found["facts"]
    given = _size(counted)
    total = given
    if given >= limit:
        from kg.shapes.record import claims_of

        total = len(claims_of(view, iri)) if "says" in found else view.count_statements(iri)
    return Found(found, given, total, total > given)


def _claims(desk: Desk, arguments: Arguments) -> Found:
    from kg.shapes.asked import asked_claims
    from kg.shapes.claim import claim_json

    view, limit = desk.view(arguments), limit_of(arguments)
    about, by, stance = (text(arguments, name) for name in ("about", "by", "stance"))
    narrowed = about or by or stance
    pairs = asked_claims(
        view,
        about=desk.graph.resolve(about) if about else None,
        by=party(desk.graph, by) if by else None,
        stance=stance,
        limit=None if narrowed else limit,  # what is narrowed is read as a whole in any case
    )
    total = len(pairs) if narrowed else len(view.admitted)
    data: list[Json] = [claim_json(claim, stance=taken) for claim, taken in pairs[:limit]]
    note = "" if pairs else f"no claim fits; {_FEWER}"
    return Found(data, len(data), total, total > len(data), note)


def _disputes(desk: Desk, arguments: Arguments) -> Found:
    from kg.disputes.find import disputes
    from kg.shapes.dispute import dispute_json

    view, limit = desk.view(arguments, parties=()), limit_of(arguments)
    about = text(arguments, "about")
    found = disputes(
        view,
        about=desk.graph.resolve(about) if about else None,
        of=[party(desk.graph, name) for name in texts(arguments, "according_to")],
        limit=limit + 1,
    )
    mend = "leave 'undisputed' out: it hides what somebody denies" if arguments.get("undisputed") else _FEWER
    note = "" if found else f"no parties contradict each other here; {mend}"
    return _listed([dispute_json(dispute) for dispute in found], limit, note=note)


def _timeline(desk: Desk, arguments: Arguments) -> Found:
    from kg.dates import first_day
    from kg.shapes.entry import entry_json
    from kg.timeline import first_entries

    about = text(arguments, "about")
    since, until = first_day(text(arguments, "since")), last_day(text(arguments, "until"))
    if since and until and since > until:
        what = f"'since' {since} is after 'until' {until}"
        raise UsageError(what, mend="exchange them", rule="bad-argument")
    view, limit = desk.view(arguments), limit_of(arguments)
    thing = desk.graph.resolve(about) if about else None
    found = first_entries(view, about=thing, since=since, until=until, limit=limit)
    data: list[Json] = [entry_json(entry) for entry in found.entries]
    note = "" if found.total else f"nothing fits; {_FEWER}"
    return Found(data, len(data), found.total, found.total > len(data), note)


def _treaty(desk: Desk, arguments: Arguments) -> Found:
    from kg.shapes.treaty import treaty_json
    from kg.treaties.reading import treaties

    view, limit = desk.view(arguments), limit_of(arguments)
    name = text(arguments, "treaty")
    asked = desk.graph.resolve(name) if name else None
    found = treaties(view, treaty=asked, on=view.definition.on or view.definition.as_of, lang=view.lang)
    if asked:
        if not found:
            return Found(None, 0, 0, False, f"'{name}' is no treaty here; leave 'treaty' out to list them")
        return Found(treaty_json(found[0]), 1, 1, False)
    note = "" if found else f"there is no treaty here; {_FEWER}"
    data: list[Json] = [treaty_json(treaty) for treaty in found[:limit]]
    return Found(data, len(data), len(found), len(found) > len(data), note)


def _compare(desk: Desk, arguments: Arguments) -> Found:
    from kg.compare.sides import compare
    from kg.shapes.comparison import comparison_json

    parties = tuple(party(desk.graph, name) for name in texts(arguments, "parties"))
    later = {**arguments}
    for day in ("as_of", "on"):
        if second := text(arguments, f"with_{day}"):
            _refuse_days(arguments, day)
            later[day] = second
    whose = (parties, parties)
    if later == dict(arguments):
        if len(set(parties)) != 2:
            what = f"there {'is' if len(set(parties)) == 1 else 'are'} {len(set(parties))} of two parties"
            mend = "give two parties; or one, as_of, and with_as_of for what it changed"
            raise UsageError(what, mend=mend, rule="compare-what")
        whose = (parties[:1], parties[1:])
    elif len(parties) > 1:
        what = "two parties and two days are two questions"
        raise UsageError(what, mend="give one party, or leave the second day out", rule="compare-what")
    left = desk.view(arguments, parties=whose[0])
    right = desk.view(later, parties=whose[1])
    limit = limit_of(arguments)
    found = compare(left, right, limit=limit)
    note = "" if found.claims else f"there is nothing to compare; {_FEWER}"
    given = sum(min(limit, len(part)) for part in (found.issues, found.claims, found.facts))
    total = found.counts.total
    return Found(comparison_json(found, limit=limit), given, total, total > given, note)


def _refuse_days(arguments: Arguments, name: str) -> None:
    """Two days that cannot be compared.

    :raises UsageError: compare-days.
    """
    first, second = last_day(text(arguments, name)), last_day(text(arguments, f"with_{name}"))
    if first is None:
        what, mend = f"'with_{name}' has nothing to be compared with", f"give the first day as '{name}'"
        raise UsageError(what, mend=mend, rule="compare-days")
    if second == first or (name == "as_of" and second and second < first):
        what = f"'{name}' {first} is not before 'with_{name}' {second}"
        raise UsageError(what, mend="give two days, the earlier one first", rule="compare-days")


def _query(desk: Desk, arguments: Arguments) -> Found:
    from kg.server.agents.query import asked
    from kg.store.safety import check_query

    view, limit = desk.view(arguments), limit_of(arguments)
    query = str(arguments["query"])
    check_query(query, is_scoped=not view.definition.is_default)  # before a perspective is made for it
    view.store_for(query)
    desk.made()
    data, given, is_cut = asked(view, query, limit=limit)
    note = "" if given else "nothing fits the query; loosen its patterns, or the perspective"
    return Found(data, given, None if is_cut else given, is_cut, note)


_ANSWERS: dict[str, Callable[[Desk, Arguments], Found]] = {
    "find": _find,
    "show": _show,
    "claims": _claims,
    "disputes": _disputes,
    "timeline": _timeline,
    "treaty": _treaty,
    "compare": _compare,
    "query": _query,
}


def _listed(found: list[Json], limit: int, *, note: str = "") -> Found:
    """The first of a list of which one more than the limit was asked for."""
    is_cut = len(found) > limit
    return Found(found[:limit], min(len(found), limit), None if is_cut else len(found), is_cut, note)


def _size(data: Json) -> int:
    assert isinstance(data, list)
    return len(data)
