"""Perspectives over HTTP: the only place that reads and writes their parameters and their stable paths.

A perspective is asked for by the words of the command line, ``?according-to=Russia&as-of=2025-04-25``, or by a
path that names it, ``/perspectives/according-to=Russia;as-of=2025-04-25/sparql``. In a path the words stand in
the order of :data:`WORDS`, separated by ``;``, their values percent-encoded; a flag stands without a value.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from kg.dates import last_day
from kg.errors import UsageError
from kg.server.messages import Json
from kg.server.problem import Problem

#: The words in the order of a path; all but the first three are flags.
WORDS = ("according-to", "as-of", "on", "undisputed", "disputed", "exactly", "infer")
_FLAGS = WORDS[3:]
_YES, _NO = ("", "true", "1", "yes"), ("false", "0", "no")


@dataclass(frozen=True, slots=True)
class Asked:
    """A perspective as it was asked for: parties by any name, days as their last day."""

    according_to: tuple[str, ...] = ()
    as_of: str = ""
    on: str = ""
    undisputed: bool = False
    disputed: bool = False
    exactly: bool = False
    infer: bool = False

    @property
    def is_default(self) -> bool:
        """Whether it is what a plain query sees."""
        return self == DEFAULT

    def path(self) -> str:
        """The segment of a path that names it; the default has none.

        >>> Asked(according_to=("North Korea", "id:a/b"), as_of="2025-04-25", infer=True).path()
        'according-to=North%20Korea;according-to=id%3Aa%2Fb;as-of=2025-04-25;infer'
        """
        words = [f"according-to={quote(party, safe='')}" for party in self.according_to]
        words += [f"{word}={day}" for word, day in (("as-of", self.as_of), ("on", self.on)) if day]
        return ";".join(words + [word for word in _FLAGS if getattr(self, word)])

    def to_json(self) -> dict[str, Json]:
        """For a worker: what is not the default."""
        found: dict[str, Json] = {}
        for name in self.__dataclass_fields__:
            value: Json = getattr(self, name)
            if value:
                found[name] = value
        return found


#: What anyone asserts or confirms, as known today.
DEFAULT = Asked()


def from_json(told: Mapping[str, Json]) -> Asked:
    """What :meth:`Asked.to_json` wrote."""
    parties = told.get("according_to") or ()
    assert isinstance(parties, Sequence)
    flags = {flag: bool(told.get(flag)) for flag in _FLAGS}
    asked = Asked(
        according_to=tuple(map(str, parties)),
        as_of=str(told.get("as_of") or ""),
        on=str(told.get("on") or ""),
    )
    return replace(asked, **flags)  # type: ignore[arg-type]  # the flags are the fields that are bool


def take_perspective(parameters: MutableMapping[str, list[str]]) -> Asked:
    """Take the words of a perspective out of the parameters of a request; what is left is the caller's.

    :raises Problem: bad-parameter, for a word that stands twice or has no such value.
    :raises UsageError: bad-date; opposite-options.
    """
    parties = parameters.pop("according-to", [])
    if any(not party.strip() for party in parties):
        raise _bad("according-to", "", "give a party by its name, its CURIE or its IRI")
    days = {word: _day(word, parameters.pop(word, [])) for word in ("as-of", "on")}
    flags = {word: _flag(word, parameters.pop(word, [])) for word in _FLAGS}
    if flags["undisputed"] and flags["disputed"]:
        raise UsageError(
            "a perspective cannot be both undisputed and disputed",
            mend="give undisputed or disputed",
            rule="opposite-options",
        )
    asked = Asked(according_to=tuple(sorted(set(parties))), as_of=days["as-of"], on=days["on"])
    return replace(asked, **flags)  # type: ignore[arg-type]  # the flags are the fields that are bool


def from_path(segment: str) -> Asked:
    """The perspective that a segment of a path names, still percent-encoded.

    >>> asked = from_path("according-to=North%20Korea;as-of=2025-04;infer")
    >>> asked.according_to, asked.as_of, asked.infer
    (('North Korea',), '2025-04-30', True)

    :raises Problem: bad-parameter.
    :raises UsageError: bad-date; opposite-options.
    """
    parameters: dict[str, list[str]] = {}
    for part in segment.split(";"):
        word, _, value = part.partition("=")
        parameters.setdefault(unquote(word), []).append(unquote(value))
    asked = take_perspective(parameters)
    for word in parameters:
        raise _bad(word, "", f"the words of a perspective are {', '.join(WORDS)}")
    return asked


def _day(word: str, values: Sequence[str]) -> str:
    if len(values) > 1:
        raise _bad(word, values[1], "give it once")
    if not values:
        return ""
    day = last_day(values[0])
    return day.isoformat() if day else ""


def _flag(word: str, values: Sequence[str]) -> bool:
    if not values:
        return False
    if len(values) > 1:
        raise _bad(word, values[1], "give it once")
    if values[0] not in (*_YES, *_NO):
        raise _bad(word, values[0], f"write '{word}' or '{word}=true'")
    return values[0] in _YES


def _bad(word: str, value: str, mend: str) -> Problem:
    given = f"{word}={value}" if value else word
    return Problem(f"the parameter '{given}' is not understood", mend=mend, rule="bad-parameter", status=400)
