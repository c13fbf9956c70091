"""The ontology of a remote store: the same for all excerpts of one load, so it is kept in the cache."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256

from pyoxigraph import Quad, RdfFormat, parse

from kg.rdf.vocabulary import ONTOLOGY_GRAPH
from kg.store import slices
from kg.store.excerpt_asked import Asked
from kg.store.marker import Marker
from kg.store.mirror import folder_of
from kg.store.remote import Remote
from kg.store.rows_there import hearing
from kg.whole_file import write_whole


def ontology_there(remote: Remote, marker: Marker) -> list[Quad]:
    """All quads of its graph; those of another load are forgotten.

    :raises StoreError: whatever a query raises.
    :raises UsageError: cannot-write.
    """
    folder = folder_of(remote, part="ontology")
    file = folder / f"{sha256(marker.identifier.encode()).hexdigest()[:32]}.nq"
    with suppress(OSError, SyntaxError):
        return list(parse(path=file, format=RdfFormat.N_QUADS, lenient=True))
    with hearing(remote):
        found = list(Asked.there(remote).said_in([ONTOLOGY_GRAPH]))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for former in folder.glob("*.nq"):
        former.unlink(missing_ok=True)
    write_whole(file, bytes(slices.write(found).content))
    return found
