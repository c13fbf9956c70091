"""What follows from one graph and the ontology: rule 13 of docs/perspectives.md, worked on lines of N-Quads.

Each rule has one premise in the data, so no two claims, and no claim and the reference, are ever combined.
Domains and ranges are no rules here: they say how a term is to be used, and a check holds data to them;
read as rules they would have a party say what a thing is that it only mentioned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TypeVar

from kg.rdf.vocabulary import OWL, RDF_TYPE, RDFS

_TYPE = f"<{RDF_TYPE}>".encode()
_SUB_CLASS, _SUB_PROPERTY = (f"<{RDFS}{name}>".encode() for name in ("subClassOf", "subPropertyOf"))
_INVERSE, _SYMMETRIC = (f"<{OWL}{name}>".encode() for name in ("inverseOf", "SymmetricProperty"))

T = TypeVar("T")
_Form = tuple[bytes, bool]  # a property, and whether subject and object change places


@dataclass(frozen=True, slots=True)
class Closure:
    """The axioms of an ontology, each followed to its end: super-classes, super-properties, inverses, symmetry.

    Only axioms between IRIs are read, and none about ``rdf:type`` itself; what a claim says of terms is none.
    """

    _classes: Mapping[bytes, tuple[bytes, ...]]
    _properties: Mapping[bytes, tuple[_Form, ...]]
    _of_literals: Mapping[bytes, tuple[_Form, ...]]  # without a step that would make a literal a subject

    @classmethod
    def read(cls, ontology_nquads: bytes) -> Closure:
        """From the lines of the ontology's graph; foreign terms that ours are declared to be cases of count."""
        classes: dict[bytes, set[bytes]] = defaultdict(set)
        forms: dict[_Form, set[_Form]] = defaultdict(set)
        for subject, predicate, object_ in _axioms(ontology_nquads):
            if predicate == _SUB_CLASS:
                classes[subject].add(object_)
            elif predicate == _TYPE:
                _relate(forms, subject, subject, is_flipped=True)
            else:
                _relate(forms, subject, object_, is_flipped=predicate == _INVERSE)
                if predicate == _INVERSE:
                    _relate(forms, object_, subject, is_flipped=True)
        straight = {form: {(name, turned) for name, turned in to if not turned} for form, to in forms.items()}
        return cls(
            {name: tuple(sorted(_reached(classes, name))) for name in sorted(classes)},
            _followed(forms),
            _followed(straight),
        )

    def cases(self, name: str) -> list[str]:
        """The classes of which an instance is also one of this class, in order."""
        wanted = f"<{name}>".encode()
        return sorted(case.decode().strip("<>") for case, above in self._classes.items() if wanted in above)

    def of(self, graph: str, lines: bytes) -> bytes:
        """The N-Quads lines that follow from the lines of one graph and are not among them, in order.

        >>> term = "https://example.org/{}".format
        >>> closure = Closure.read(f"<{term('Brigade')}> <{RDFS}subClassOf> <{term('Force')}> .\\n".encode())
        >>> said = f"<{term('x')}> <{RDF_TYPE}> <{term('Brigade')}> <{term('claim')}> .\\n".encode()
        >>> closure.of(term("claim"), said) == said.replace(b"Brigade", b"Force")
        True
        """
        end = f" <{graph}> .\n".encode()
        made = set(self._from_types(lines, end))
        for name, forms in self._properties.items():
            for subject, object_ in _statements(lines, name, end):
                for other, is_flipped in forms if _is_node(object_) else self._of_literals[name]:
                    first, last = (object_, subject) if is_flipped else (subject, object_)
                    made.add(b"%b %b %b%b" % (first, other, last, end))
        if made:
            made.difference_update(BytesIO(lines))
        return b"".join(sorted(made))

    def _from_types(self, lines: bytes, end: bytes) -> Iterator[bytes]:
        """What an instance of a class is besides, line by line."""
        if self._classes:
            for subject, object_ in _statements(lines, _TYPE, end):
                for above in self._classes.get(object_, ()):
                    yield b"%b %b %b%b" % (subject, _TYPE, above, end)


def _axioms(nquads: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Of the lines those that say something of how terms go together, as three terms."""
    for line in nquads.split(b"\n"):
        subject, _, rest = line.partition(b" ")
        predicate, _, rest = rest.partition(b" ")
        object_ = rest.partition(b" ")[0]
        is_of_classes = predicate == _SUB_CLASS
        is_of_properties = (
            predicate in (_SUB_PROPERTY, _INVERSE) or (predicate, object_) == (_TYPE, _SYMMETRIC)
        ) and _TYPE not in (subject, object_)
        is_between_terms = subject.startswith(b"<") and object_.startswith(b"<")
        if (is_of_classes or is_of_properties) and is_between_terms:
            yield subject, predicate, object_


def _relate(forms: dict[_Form, set[_Form]], name: bytes, other: bytes, *, is_flipped: bool) -> None:
    """What has the one property has the other, in the same direction or the opposite one, read either way."""
    for is_turned in (False, True):
        forms[name, is_turned].add((other, is_turned != is_flipped))


def _followed(forms: Mapping[_Form, Collection[_Form]]) -> dict[bytes, tuple[_Form, ...]]:
    names = sorted({name for name, _ in forms})
    return {name: tuple(sorted(_reached(forms, (name, False)))) for name in names}


def _reached(steps: Mapping[T, Collection[T]], start: T) -> set[T]:
    """All that lies on some way from here, but for the start."""
    found: set[T] = set()
    waiting = [start]
    while waiting:
        new = set(steps.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found - {start}


def _statements(lines: bytes, predicate: bytes, end: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Subject and object of each line with this property; searched, not split, as few lines have it."""
    mark = b" %b " % predicate
    at = lines.find(mark)
    while at >= 0:
        stop = lines.index(b"\n", at) + 1
        subject = lines[lines.rfind(b"\n", 0, at) + 1 : at]
        if b" " not in subject:  # else the words stand in a literal
            yield subject, lines[at + len(mark) : stop - len(end)]
        at = lines.find(mark, stop)


def _is_node(term: bytes) -> bool:
    """Whether it can be the subject of a triple: a literal and a triple term cannot."""
    return not term.startswith((b'"', b"<<"))
