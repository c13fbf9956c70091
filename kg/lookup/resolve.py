"""From what a person typed to the one thing that is meant, or to a refusal that helps.

docs/names.md says when a text is certain enough; whatever is not, is offered and never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.errors import NotFoundError, UsageError
from kg.lookup.candidates import Candidates
from kg.lookup.name import WEAK
from kg.lookup.names import Names
from kg.lookup.normalise import fold, without_article
from kg.lookup.ranking import Words
from kg.lookup.search import EXACT_SHOWN, exact, nearest
from kg.rdf.terms import curie, expand
from kg.rdf.vocabulary import ACTOR, ID, KG

#: Things with names proper; the label of an event is a description, in which the names of others occur.
_NAMED_PROPERLY = (ACTOR, KG + "Place", KG + "Treaty")
#: A part of a name stands for the whole when it is most of it.
_MOST_OF_IT = 0.6
_SHOWN = 5
#: What is offered beside the nearest name is about as near.
_AS_NEAR = 0.85
_HAN = re.compile("[\u3400-\u9fff]")
_LOOKED_AT = 2000


def resolve(names: Names, text: str, *, types: Sequence[str] = ()) -> str:
    """The IRI of the one thing that the text means: an IRI, a CURIE, an identifier or a name.

    ``types`` keeps things of these classes.

    :raises UsageError: ambiguous-name, when several things fit.
    :raises NotFoundError: unknown-name, when none does.
    """
    given = expand(text)
    if given is not None:
        return _known(names, given, text, types)
    for certain in (_by_name, _by_words, _by_short_form, _by_transliteration):
        fitting = certain(names, text, types)
        if len(fitting) == 1:
            return names.iri(fitting[0])
        if fitting:
            raise UsageError(
                f"{text!r} names {_counted(len(fitting))} things: {_listed(names, fitting)}",
                mend="give one of these identifiers",
                rule="ambiguous-name",
            )
    raise not_found(names, text, types=types)


def not_found(names: Names, text: str, *, types: Sequence[str] = ()) -> NotFoundError:
    """The refusal for a name that names nothing, with the names that are near."""
    near = nearest(names, text, types=types)
    offered = list(dict.fromkeys(repr(m.label) for m in near if m.score >= _AS_NEAR * near[0].score))
    mend = f"did you mean {' or '.join(offered)}?" if offered else "'kg list' shows what there is"
    return NotFoundError(f"nothing is named {text!r}", mend=mend, rule="unknown-name")


def _known(names: Names, iri: str, text: str, types: Sequence[str]) -> str:
    """The IRI, unless it is one of our identifiers and names nothing; of others only the store can tell."""
    local = iri.removeprefix(ID)
    is_of_ours = local != iri and "/" not in local
    thing = names.thing(iri)
    if types and (thing is None or not names.has_type(thing, types)):
        raise not_found(names, text, types=types)
    if thing is not None or not is_of_ours:
        return iri
    raise not_found(names, local)


def _by_name(names: Names, text: str, types: Sequence[str]) -> list[int]:
    """Things with this label, alias or identifier."""
    for form in (text, without_article(text)):
        hits = exact(names, form, types=types) if form else ()
        if strong := {hit.thing for hit in hits if not _is_unsure(names, hit.number)}:
            return sorted(strong)
    return []


def _by_words(names: Names, text: str, types: Sequence[str]) -> list[int]:
    """Things with a strong name of these very words, in another order or with other spaces."""
    sought = Words.of(text)
    candidates = Candidates(names)
    numbers = {*candidates.with_letters(fold(text)), *_with_all(candidates, sought)}
    return _things(
        names,
        (
            number
            for number in names.of_types(sorted(numbers), types)
            if not _is_unsure(names, number)
            and (name := Words.of(names.text(number)))
            and (sorted(name.own) == sorted(sought.own) or name.joined == sought.joined)
        ),
    )


def _by_short_form(names: Names, text: str, types: Sequence[str]) -> list[int]:
    """Things with this weak name, or with a name proper that it is part of, unless several could be meant.

    A part alone is certain only when it is most of the name; of a person's name one word never is. Among
    things of a class that few are of, such as sources, any part is that only one of them has.
    """
    is_narrow = bool(types) and ACTOR not in types
    weak = {hit.thing for hit in exact(names, text, types=types) if not _is_claimed(names, hit.number)}
    sought = Words.of(text)
    parts: set[int] = set()
    most: set[int] = set()
    for number in names.of_types(_with_all(Candidates(names), sought), types or _NAMED_PROPERLY):
        name = Words.of(names.text(number))
        if not set(sought.own) <= set(name.own) or _is_claimed(names, number):
            continue
        thing = names.thing_of(number)
        parts.add(thing)
        is_one_of_a_person = len(sought.own) == 1 and names.has_type(thing, (KG + "Person",))
        if is_narrow or (sought.letters >= _MOST_OF_IT * name.letters and not is_one_of_a_person):
            most.add(thing)
        if len(parts | weak) > _SHOWN + 1:
            break
    return sorted(parts | weak) if weak or most or len(parts) > 1 else []


def _by_transliteration(names: Names, text: str, types: Sequence[str]) -> list[int]:
    """Things with a strong name in another script that has the very letters, once both are in Latin ones.

    Chinese characters do not count: many of them are spelled alike.
    """
    sought = Words.of(text)
    letters = sorted(sought.latin)
    candidates = Candidates(names)
    return _things(
        names,
        (
            number
            for number in names.of_types(candidates.sounding(sought.latin), types)
            if not _is_unsure(names, number)
            and (name := Words.of(names.text(number)))
            and (sorted(name.latin) == letters or "".join(name.latin) == "".join(sought.latin))
            and not _HAN.search(text + names.text(number))
        ),
    )


def _with_all(candidates: Candidates, sought: Words) -> list[int]:
    return candidates.with_words(sought.own, whole=True)[:_LOOKED_AT]


def _is_unsure(names: Names, number: int | None) -> bool:
    """Whether a name is weak, or only claimed by somebody."""
    if number is None:
        return False
    name = names.name(number)
    return name.kind == WEAK or bool(name.claim)


def _is_claimed(names: Names, number: int | None) -> bool:
    """Whether only a claim gives the name: who is meant by it is then what somebody says."""
    return number is not None and bool(names.name(number).claim)


def _things(names: Names, numbers: Iterable[int]) -> list[int]:
    return sorted({names.thing_of(number) for number in numbers})


def _counted(things: int) -> str:
    return str(things) if things < EXACT_SHOWN else f"{things} or more"


def _listed(names: Names, things: Sequence[int]) -> str:
    shown = ", ".join(f"{curie(names.iri(thing))} ({names.label(thing)})" for thing in things[:_SHOWN])
    return shown if len(things) <= _SHOWN else f"{shown} and {len(things) - _SHOWN} more"
