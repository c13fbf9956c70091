"""Literals must be what their datatype says; what is neither a thing nor a literal is no value of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox

from kg.checks.finding import Finding, fault
from kg.checks.material import Material
from kg.errors import Position
from kg.rdf.terms import curie
from kg.rdf.vocabulary import XSD

#: Datatypes whose forms we know, with how to write them; a literal of any other is taken as it is.
_FORMS = {
    XSD + "integer": (re.compile(r"[+-]?[0-9]+"), "write digits alone"),
    XSD + "decimal": (
        re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
        "write digits, with a point if need be",
    ),
    XSD + "boolean": (re.compile(r"true|false|1|0"), "write true or false"),
    XSD + "anyURI": (re.compile(r"[^\s<>\"{}|\\^`]*"), "write the address without spaces and brackets"),
}
_DAY = XSD + "date"


def is_sound(quad: ox.Quad) -> bool:
    """Whether the value of a quad is a thing, or a literal of the form that its datatype asks for."""
    if isinstance(quad.object, ox.Literal):
        return _mend(quad.object) is None
    return not isinstance(quad.object, ox.Triple)


def check_values(material: Material) -> Iterator[Finding]:
    """Findings ``bad-date``, ``bad-value`` and ``triple-term``: the first place of each value."""
    for number, reading in enumerate(material.readings):
        told: set[str] = set()
        for quad in reading.quads:
            if not is_sound(quad) and str(quad.object) not in told:
                told.add(str(quad.object))
                yield _finding(material, number, quad)


def _finding(material: Material, number: int, quad: ox.Quad) -> Finding:
    if isinstance(quad.object, ox.Literal):
        value, mend = quad.object.value, _mend(quad.object) or ""
        where = _where(material, number, quad, value)
        if quad.object.datatype.value == _DAY:
            what = f"{value!r} is not a day of the calendar"
            return fault(what, mend=mend, rule="bad-date", position=where, value=value)
        what = f"{value!r} is not of the type {curie(quad.object.datatype.value)}"
        return fault(what, mend=mend, rule="bad-value", position=where, value=value)
    what = f"the value of {curie(quad.predicate.value)!r} is a statement and not a thing"
    mend = "give the statement to a claim, and speak of the claim"
    return fault(what, mend=mend, rule="triple-term", position=_where(material, number, quad, ""))


def _mend(literal: ox.Literal) -> str | None:
    """How to write the literal rightly; nothing when it is right."""
    datatype = literal.datatype.value
    if datatype == _DAY:
        try:
            date.fromisoformat(literal.value)
        except ValueError:
            return "write YYYY-MM-DD"
    elif datatype in _FORMS and not _FORMS[datatype][0].fullmatch(literal.value):
        return _FORMS[datatype][1]
    return None


def _where(material: Material, number: int, quad: ox.Quad, value: str) -> Position:
    index = material.indexes[number]
    subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
    levels = index.levels(subject, quad.predicate.value, value)
    return next((position for position in levels if position), Position(index.file))
