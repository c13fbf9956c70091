"""The whole check of files: syntax, layout, names, identity, rules and shapes, in this order.

A dossier is judged on the ground of the ontology, of the reference of states and of the shipped dossiers: what
it refers to and does not describe is looked up there, so that a claim may speak of ``id:russia`` without saying
again what that is. Only a copy of a shipped dossier, which has claims in common with it, stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

import pyoxigraph as ox

from kg.checks.finding import Finding, errors, in_order
from kg.checks.identity import check_identity
from kg.checks.layout import check_layout
from kg.checks.material import Material
from kg.checks.rules import check_rules, read_rules
from kg.checks.shapes import check_shapes, shape_files
from kg.checks.syntax import Reading, files_under, read_file
from kg.checks.terms import check_terms
from kg.checks.values import check_values
from kg.errors import DataError
from kg.paths import dossiers_folder, ontology_folder, reference_folder
from kg.rdf.vocabulary import CLAIM, RDF_TYPE, RDFS_LABEL


def check_paths(
    paths: Sequence[str | Path], *, shapes: bool = True, background: Iterable[ox.Quad] | None = None
) -> list[Finding]:
    """Check files and folders; the findings by file, line and column.

    ``background`` (what a store holds) replaces the shipped dossiers as what the files may refer to and must
    not contradict in names and types; the ontology and the reference are always there.
    ``shapes=False`` leaves SHACL out, which is most of the time. When a file cannot be read to its end, only
    what can be said of each file by itself is reported: the rest would be noise.

    :raises DataError: no-such-file, when a path is not there; nothing-to-check, when the paths hold no TriG.
    """
    return check_readings(read_paths(paths), shapes=shapes, background=background)


def read_paths(paths: Sequence[str | Path]) -> list[Reading]:
    """Read the files that the paths name or contain, with their faults of syntax.

    :raises DataError: no-such-file, nothing-to-check.
    """
    named = [Path(path) for path in paths]
    files = [file for file in files_under(named) if not _is_example(file, named)]
    if not files:
        where = ", ".join(repr(str(path)) for path in named) or "nothing"
        mend = "give a .trig file or a folder that holds one"
        raise DataError(f"there is nothing to check in {where}", mend=mend, rule="nothing-to-check")
    return [read_file(file, is_named=file in named) for file in files]


def check_readings(
    readings: Sequence[Reading], *, shapes: bool = True, background: Iterable[ox.Quad] | None = None
) -> list[Finding]:
    """Check files that have been read; see :func:`check_paths`."""
    of_syntax = [finding for reading in readings for finding in reading.findings]
    judged = [reading for reading in readings if not _is_shapes(reading)]
    if errors(of_syntax):
        alone = Material(judged)
        return in_order([*of_syntax, *check_layout(alone), *check_values(alone)])
    known = list(reference_quads(judged))
    reference = list(_concerned(known, judged))
    idle = set(known) - set(reference)
    ground = [quad for quad in background or () if quad not in idle]
    if background is None:
        ground = list(shipped_quads(judged))
    material = Material(judged, [*ontology_quads(), *reference, *ground])
    # A thing of the reference may be labelled in another way, but it is what it is.
    firm = {quad for quad in reference if quad.predicate.value == RDF_TYPE}
    if background is not None:
        firm |= set(ground) - set(reference)
    name = "the reference" if background is None else "the store"
    return in_order([*of_syntax, *_judgements(material, shapes=shapes, ground=(name, firm))])


def ontology_quads() -> Iterator[ox.Quad]:
    """The ontology and its code lists, in the ontology's graph."""
    for file in ontology_files():
        yield from read_file(file).quads


def ontology_files() -> list[Path]:
    """The modules and the code lists of the ontology, by name."""
    folder = ontology_folder()
    return [*sorted(folder.glob("*.ttl")), *sorted((folder / "codes").glob("*.ttl"))]


def reference_quads(readings: Sequence[Reading]) -> Iterator[ox.Quad]:
    """What every store knows, the states and their capitals, besides these readings."""
    read = {Path(reading.file).resolve() for reading in readings}
    for file in sorted(reference_folder().glob("*.trig")):
        if file.resolve() not in read:
            yield from read_file(file).quads


def _concerned(reference: Sequence[ox.Quad], readings: Sequence[Reading]) -> Iterator[ox.Quad]:
    """What the reference says of the things that the readings name; of the others their English labels, since
    no other thing should be called like them. The rest would only cost time."""
    named = {term for reading in readings for quad in reading.quads for term in (quad.subject, quad.object)}
    named |= {quad.object for quad in reference if quad.subject in named}  # such as what a place lies in
    for quad in reference:
        label = quad.object if quad.predicate.value == RDFS_LABEL else None
        if quad.subject in named or (isinstance(label, ox.Literal) and label.language == "en"):
            yield quad


def shipped_quads(readings: Sequence[Reading]) -> Iterator[ox.Quad]:
    """What the shipped dossiers say besides these readings; without those of which they are a copy."""
    read = {Path(reading.file).resolve() for reading in readings}
    claims = {name for reading in readings for name in _claim_graphs(reading.quads)}
    for dossier in sorted(folder for folder in dossiers_folder().iterdir() if folder.is_dir()):
        files = sorted(file for file in dossier.rglob("*.trig"))
        rest = [quad for file in files if file.resolve() not in read for quad in read_file(file).quads]
        is_part = any(file.resolve() in read for file in files)
        if is_part or not claims & set(_claim_graphs(rest)):
            yield from rest


def _claim_graphs(quads: Iterable[ox.Quad]) -> Iterator[str]:
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(CLAIM):
            yield quad.graph_name.value


def _judgements(material: Material, *, shapes: bool, ground: tuple[str, Set[ox.Quad]]) -> Iterator[Finding]:
    yield from check_layout(material)
    unknown = [*check_values(material), *check_terms(material)]
    yield from unknown
    yield from check_identity(material, name=ground[0], firm=ground[1])
    told = {finding.value for finding in unknown} - {""}  # that it has not the right type goes without saying
    rules = list(check_rules(material, read_rules()))
    yield from (found for found in rules if found.value not in told)
    if shapes:
        yield from (found for found in _shapes(material, bool(errors(rules))) if found.value not in told)


def _shapes(material: Material, is_broken: bool) -> list[Finding]:
    """The findings of the shapes; none when values that the rules have found to be of the wrong kind
    cannot even be compared (pyshacl raises TypeError then)."""
    try:
        return list(check_shapes(material, shape_files()))
    except TypeError:
        if is_broken:
            return []
        raise


def _is_shapes(reading: Reading) -> bool:
    """Shapes are checked for syntax; they are not data."""
    return reading.file.endswith(".shapes.ttl")


def _is_example(file: Path, named: Sequence[Path]) -> bool:
    """The examples under the ontology are there to be caught: only who names them gets them."""
    examples = (ontology_folder() / "examples").resolve()
    if examples not in file.resolve().parents:
        return False
    return not any(path.resolve() == examples or examples in path.resolve().parents for path in named)
