"""From files to a published generation: parse, check, complete, choose the default perspective, build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DataError, Position
from kg.paths import dossiers_folder, ontology_folder, reference_folder
from kg.rdf.terms import curie
from kg.rdf.trig import Quad, find_files, read_trig
from kg.rdf.vocabulary import CLAIM, ONTOLOGY_GRAPH, RECORD_GRAPH
from kg.store import slices
from kg.store.connect import Shipped
from kg.store.embedded import Store
from kg.store.lock import writing
from kg.store.offsets import NAME
from kg.store.snapshot import Content, all_quads, current, open_snapshot, publish

if TYPE_CHECKING:
    from sqlite3 import Connection

    from kg.checks.finding import Finding


class RejectedError(DataError):
    """What was to be loaded breaks rules; ``findings`` has all of them, the message the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0]
        more = f" (and {len(findings) - 1} more: see 'kg check')" if len(findings) > 1 else ""
        super().__init__(first.what, mend=first.mend + more, rule=first.rule, position=first.position)
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load brought: the files read, and how much the store holds now."""

    files: int
    quads: int
    claims: int


def load(folder: Path, paths: Sequence[str | Path]) -> Loaded:
    """Add dossiers to a store folder, which is made when it is not there: all of them, or nothing.

    :raises DataError: the rule of the first finding, when what they hold breaks one; no-such-file;
        duplicate-claim, when the store has another claim under the same IRI.
    :raises StoreError: store-locked, store-write, store-damaged.
    """
    files = list(dict.fromkeys(file for path in paths for file in find_files(path)))
    with writing(folder):
        before = [] if current(folder) is None else _loaded_quads(folder)
        read = read_and_check(files, before)
        refuse_other_claims(before, read)
        new = [quad for quads in read.values() for quad in quads]
        text = build(folder, [*ontology_quads(), *_with_reference([*before, *new])])
    return Loaded(len(files), text.quads, text.claims)


def rewrite(
    folder: Path,
    change: Callable[[Sequence[Quad]], Iterable[Quad]],
    *,
    name: str = "update",
    patience: float = 0.0,
) -> Loaded:
    """Change what a store folder holds as a whole, checked as a load is: all of the change, or nothing.

    ``change`` gets every quad but those of the ontology, which is always that of the installation, and gives
    what the store is to hold instead; it is called while nobody else writes. ``patience``: seconds to wait for
    another writer to end.

    :raises DataError: the rule of the first finding, when the outcome breaks one.
    :raises StoreError: no-such-store, store-locked, store-write, store-damaged.
    """
    from kg.checks.finding import errors
    from kg.checks.run import check_readings
    from kg.checks.syntax import Reading

    with writing(folder, patience=patience):
        known = set(reference_quads())  # the check knows it, and it comes back whatever was done to it
        after = tuple(quad for quad in change(_loaded_quads(folder)) if quad not in known)
        if found := errors(check_readings([Reading(name, "", after, ())], background=())):
            raise RejectedError(found)
        text = build(folder, [*ontology_quads(), *_with_reference(after)])
    return Loaded(0, text.quads, text.claims)


def make_empty(folder: Path) -> None:
    """A store that holds the ontology, the reference of states and no dossier.

    :raises StoreError: store-locked, store-write.
    """
    with writing(folder):
        build(folder, [*ontology_quads(), *reference_quads()])


def shipped() -> Shipped:
    """The ontology, the reference and the dossiers of this installation, and how to build a store of them.

    They are not checked once more: our tests have checked the very bytes whose hash names the store.
    """
    ontology = _named(ontology_folder(), _ontology_files())
    return Shipped((*ontology, *_named(reference_folder()), *_named(dossiers_folder())), _build_shipped)


def build(folder: Path, quads: Iterable[Quad], *, input: str = "") -> slices.Text:
    """Complete the quads, choose what the default perspective admits, and publish it all as a generation.

    ``input`` names what the quads came from; else their own hash does. Call it as the only writer.

    :raises DataError: bad-date.
    :raises StoreError: store-write.
    """
    content = content_of(quads, input)
    publish_content(folder, content)
    return content.text


def publish_content(folder: Path, content: Content) -> None:
    """Publish a text as a generation, as the only writer.

    :raises StoreError: store-write.
    """
    publish(folder, content, admit=admit, write_index=_write_index)


def content_of(quads: Iterable[Quad], input: str = "") -> Content:
    """The completed quads as text, and the hash of what they came from: by default their own.

    :raises DataError: bad-date.
    """
    # Imported here: whoever only opens a store imports this file to learn what is shipped, and should not wait.
    import hashlib

    from kg.claims.completion import complete

    text = slices.write(complete(quads))
    return Content(text, input or hashlib.sha256(text.content).hexdigest())


def admit(connection: Connection, text: slices.Text) -> list[str]:
    """Fill the ledger of a new generation; the claims that the default perspective admits."""
    from kg.perspective.definition import Definition
    from kg.perspective.ledger import Ledger
    from kg.perspective.posting import write_ledger
    from kg.perspective.select import select

    write_ledger(connection, text)
    ledger = Ledger(connection, Path(NAME))
    return ledger.names(select(ledger, Definition()))


def ontology_quads() -> Iterator[Quad]:
    """The terms and the code lists of the ontology, in their own graph."""
    for file in _ontology_files():
        yield from read_trig(file, graph=ONTOLOGY_GRAPH)


def reference_quads() -> Iterator[Quad]:
    """The states and their capitals, which every store knows by name and code."""
    for _, file in _named(reference_folder()):
        yield from read_trig(file)


def _ontology_files() -> list[Path]:
    folder = ontology_folder()
    return [*sorted(folder.glob("*.ttl")), *sorted((folder / "codes").glob("*.ttl"))]


def _named(root: Path, files: Iterable[Path] | None = None) -> Iterator[tuple[str, Path]]:
    for file in sorted(root.rglob("*.trig")) if files is None else files:
        yield file.relative_to(root).as_posix(), file


def _build_shipped(folder: Path, key: str) -> None:
    quads = [quad for _, file in _named(dossiers_folder()) for quad in read_trig(file)]
    build(folder, [*ontology_quads(), *_with_reference(quads)], input=key)


def _with_reference(quads: Sequence[Quad]) -> list[Quad]:
    # Imported here: who only opens a store never needs it.
    from kg.claims.reference import with_reference

    return with_reference(quads, reference_quads())


def _write_index(store: Store, file: Path) -> None:
    from kg.lookup.index import NameIndex

    NameIndex.build(store).save(file)


def _loaded_quads(folder: Path) -> list[Quad]:
    """What was loaded before; the ontology is taken anew, in the version that is installed now."""
    return [quad for quad in all_quads(open_snapshot(folder)) if _value(quad.graph_name) != ONTOLOGY_GRAPH]


def read_and_check(files: Sequence[Path], before: Iterable[Quad]) -> dict[str, Sequence[Quad]]:
    """The quads of each file, which keep all rules together with what the store holds besides them.

    :raises DataError: the rule of the first finding.
    """
    from kg.checks.finding import errors, fault
    from kg.checks.run import check_readings, read_paths

    # A check reads Turtle as terms; in a store the ontology is always that of this installation.
    what, mend = "'.ttl' files are not loaded", "write TriG and name the file .trig"
    turtle = [
        fault(what, mend=mend, rule="unknown-file-type", position=Position(str(file)))
        for file in files
        if file.suffix.lower() == ".ttl"
    ]
    if turtle:
        raise RejectedError(turtle)
    readings = read_paths(files)
    new = {quad for reading in readings for quad in reading.quads}
    if found := errors(check_readings(readings, background=set(before) - new)):
        raise RejectedError(found)
    return {reading.file: reading.quads for reading in readings}


def refuse_other_claims(
    before: Iterable[Quad], read: Mapping[str, Sequence[Quad]], *, is_half: bool = False
) -> None:
    """A claim that the store has already must say the same again; of a load that broke off it may have a half.

    :raises DataError: duplicate-claim.
    """
    known = _claims(before)
    for file, quads in read.items():
        for claim, said in _claims(quads).items():
            is_less = is_half and known.get(claim, said) <= said
            if claim in known and not said <= known[claim] and not is_less:
                raise DataError(
                    f"the store has another claim '{curie(claim)}' already",
                    mend="give this one another IRI, or load both into a store of their own",
                    rule="duplicate-claim",
                    position=Position(file),
                )


def _claims(quads: Iterable[Quad]) -> dict[str, set[Quad]]:
    """What is said in each claim's graph, and of the claim in the record."""
    found: dict[str, set[Quad]] = defaultdict(set)
    for quad in quads:
        graph = _value(quad.graph_name)
        name = _value(quad.subject) if graph == RECORD_GRAPH else graph
        if name.startswith(CLAIM):
            found[name].add(quad)
    return found


def _value(term: object) -> str:
    """The IRI of a term that has one."""
    return getattr(term, "value", "")
