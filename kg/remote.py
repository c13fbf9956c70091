"""A store behind a SPARQL endpoint: opened with one small query, copied when needed, loaded into in batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.claims.reference import with_reference
from kg.errors import NotFoundError, StoreError
from kg.loading import (
    Loaded,
    build,
    content_of,
    ontology_quads,
    publish_content,
    read_and_check,
    reference_quads,
    refuse_other_claims,
)
from kg.rdf.terms import expand
from kg.rdf.trig import Quad, find_files
from kg.rdf.vocabulary import ONTOLOGY_GRAPH, RDFS_LABEL
from kg.store import slices
from kg.store.excerpt import Focus
from kg.store.fetch import fetch
from kg.store.lock import writing
from kg.store.marker import read_marker, refuse_unfinished
from kg.store.mirror import Origin, folder_of, kept
from kg.store.mirrored import Mirrored
from kg.store.names_there import NamesThere
from kg.store.push import Before, push, push_whole, text_of
from kg.store.remote import Remote
from kg.store.snapshot import Content, Snapshot, all_quads, current, open_snapshot
from kg.version import VERSION

if TYPE_CHECKING:
    from kg.lookup.index import NameIndex


def open_remote(address: str, *, announce: Callable[[], None] = lambda: None) -> Snapshot:
    """The store behind an endpoint; a copy of it is made when something asks for more than a query.

    :raises StoreError: remote-unfinished, and whatever a query raises.
    """
    remote = Remote(address)
    marker = read_marker(remote)
    refuse_unfinished(remote, marker)
    return Mirrored(remote, marker, _build_copy, _write_names, announce)


def known_there(snapshot: Snapshot, text: str, *, types: Sequence[str] = ()) -> str | None:
    """The thing that an IRI or a CURIE means, if a large remote store knows it: that costs two small queries.

    None where a name is to be looked up in all of them.

    :raises StoreError: whatever a query raises.
    """
    from kg.lookup.index import NameIndex

    thing = expand(text)
    if thing is None or not isinstance(snapshot, Mirrored) or _file_of_names(snapshot).exists():
        return None
    there = _names_there(snapshot)
    names = there.names_of(thing)
    index = NameIndex.of(
        names, types=there.types_of(thing) if types else {}, above=there.above() if types else {}
    )
    try:
        return index.resolve(thing, types=types) if names else None
    except NotFoundError:  # what is near it is found by looking at all of them
        return None


def _write_names(snapshot: Mirrored) -> Path:
    """The index of the names of a remote store, made when it is not in the cache."""
    file = _file_of_names(snapshot)
    if not file.exists():
        index = _index_there(snapshot)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for former in file.parent.glob("*.index"):
            former.unlink(missing_ok=True)
        index.save(file)
    return file


def _file_of_names(snapshot: Mirrored) -> Path:
    assert snapshot.remote
    assert snapshot.marker
    key = sha256(f"{snapshot.marker.identifier}\n{VERSION}".encode()).hexdigest()
    return folder_of(snapshot.remote, part="names") / f"{key[:32]}.index"


def _names_there(snapshot: Mirrored) -> NamesThere:
    assert snapshot.remote
    assert snapshot.marker
    return NamesThere(snapshot.remote, snapshot.marker)


def _index_there(snapshot: Mirrored) -> NameIndex:
    """The names of all things; of those that only claims give, the ones that are held."""
    from kg.lookup.index import NameIndex
    from kg.perspective.dataset import Dataset
    from kg.perspective.definition import Definition

    assert snapshot.remote
    there = _names_there(snapshot)
    names = there.names()
    claims = tuple(sorted({name.claim for name in names} - {""}))
    held = frozenset(claims)
    if claims and not snapshot.remote.engine.is_foedus:  # which shows the claims that are held, and no others
        held = frozenset(Dataset(snapshot.around(Focus(claims=claims)), Definition()).admitted)
    # As in an index of a folder, whose classes are those of what the reference labels, and of the sources.
    labelled = {name.thing for name in names if not name.claim and name.kind == RDFS_LABEL}
    types = {thing: kinds for thing, kinds in there.types().items() if thing in labelled}
    chosen = (name for name in names if not name.claim or name.claim in held)
    return NameIndex.of(chosen, types=types, above=there.above())


def load_remote(address: str, paths: Sequence[str | Path]) -> Loaded:
    """Add dossiers to the store behind an endpoint; when it breaks off, that is seen, and it can be repeated.

    :raises DataError: the rule of the first finding; no-such-file; duplicate-claim. Nothing was sent then.
    :raises StoreError: remote-write, and whatever a query or an update raises; remote-too-large; store-write.
    """
    files = list(dict.fromkeys(file for path in paths for file in find_files(path)))
    remote = Remote(address)
    folder = folder_of(remote)
    with writing(folder, may_wait=True):
        marker = read_marker(remote)
        copy = kept(folder, marker)
        if copy is None:
            found = fetch(remote, known=marker.quads)
            if marker.identifier:
                _build_copy(folder, found, Origin(marker.identifier))
                copy = kept(folder, marker)  # not if somebody wrote there without a load
        if copy is None:
            assert not isinstance(found, slices.Text)
            there, quads = Before(slices.write(found), None), found
        else:
            there, quads = Before(text_of(copy), copy), list(all_quads(copy))
        before = [quad for quad in quads if not _is_ontology(quad)]
        read = read_and_check(files, before)
        refuse_other_claims(before, read, is_half=bool(marker.coming))
        new = [quad for said in read.values() for quad in said]
        text = build(folder, [*ontology_quads(), *with_reference([*before, *new], reference_quads())])
        send = push_whole if remote.engine.is_foedus else push
        send(remote, marker, there, open_snapshot(folder))
    return Loaded(len(files), text.quads, text.claims)


def _build_copy(folder: Path, found: Sequence[Quad] | slices.Text, origin: Origin) -> None:
    """A generation of what lies in a remote store; what no load of ours wrote there is completed here."""
    if isinstance(found, slices.Text):
        content = Content(found, origin.identifier)
    elif origin.identifier:
        content = content_of(found)
    else:
        ontology = () if any(map(_is_ontology, found)) else ontology_quads()
        content = content_of(with_reference([*ontology, *found], reference_quads()))
    if not _is_current(folder, content):
        publish_content(folder, content)


def _is_current(folder: Path, content: Content) -> bool:
    try:
        found = None if current(folder) is None else open_snapshot(folder).manifest
    except StoreError:  # it is only a copy
        return False
    return found is not None and (found.input, found.foedus) == (content.input, VERSION)


def _is_ontology(quad: Quad) -> bool:
    return getattr(quad.graph_name, "value", "") == ONTOLOGY_GRAPH
