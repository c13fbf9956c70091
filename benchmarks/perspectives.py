"""What a perspective costs in stores of 1k to 1M claims: to choose, to build, to query, to look things up in.

Run ``python benchmarks/perspectives.py [--sizes 1000 10000 100000] [--stores FOLDER]``. Each size runs in a process
of its own, so its memory is its own; the stores are made if they are not in the folder. Every ratio is to a raw
Oxigraph of the same merged triples, in the same run. Times are processor times of all threads.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from pyoxigraph import NamedNode, QuerySolutions, Store
from sizes import over_sizes

from kg import graph as graphs
from kg.perspective.dataset import Dataset
from kg.perspective.definition import Definition
from kg.perspective.materialise import parts
from kg.perspective.select import select
from kg.perspective.view import Perspective
from kg.rdf.vocabulary import ID, PREFIXES
from kg.store.answers import Solutions
from kg.store.embedded import build_folder
from kg.store.snapshot import COMMON_GRAPHS, open_snapshot

T = TypeVar("T")
PARTY, DAY = ID + "state-03", date(2023, 1, 1)
DEFINITIONS = {
    "as of a day": Definition(as_of=DAY),
    "a party": Definition((PARTY,)),
    "a party, as of a day": Definition((PARTY,), DAY),
    "two parties, undisputed": Definition((PARTY, ID + "state-04"), undisputed=True),
}
QUERIES = {
    "point": "SELECT ?p ?o { id:event-0000050 ?p ?o }",
    "join": "SELECT ?e ?other { ?e kg:place id:place-007 ; kg:hostState ?other }",
    "aggregate": "SELECT ?place (COUNT(?e) AS ?n) { ?e a kg:Deployment ; kg:place ?place } GROUP BY ?place",
    "path": "SELECT (COUNT(*) AS ?n) { id:body-03-1 (kg:subordinateTo|^kg:subordinateTo)+ ?other }",
    "count": "SELECT (COUNT(*) AS ?n) { ?e kg:sendingState id:state-03 }",
}
#: Beyond these sizes a peer takes minutes: lists of graphs, and rdflib, which reads 14,000 quads in a second.
MOST_LISTED, MOST_RDFLIB = 10_000, 1_000


def milliseconds(work: Callable[[], T], rounds: int = 5) -> tuple[float, T]:
    """The median processor time of some rounds, of more if they are short, and what came out.

    By the clock the same work took up to four times as long when neighbours were busy.
    """
    taken: list[float] = []
    while len(taken) < rounds or (rounds > 1 and sum(taken) < 200):
        start = time.process_time()
        result = work()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken), result


def measure(folder: Path) -> dict[str, float]:
    """All figures of one store; milliseconds, unless the name says otherwise."""
    found: dict[str, float] = {}
    snapshot = open_snapshot(folder)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        os.environ["KG_CACHE"] = str(Path(scratch) / "cache")
        _choose(found, folder)
        _look_up(found, folder)
        found["memory of these, MB"] = _memory()
        _query(found, "default", folder, Definition(), Path(scratch))
        _query(found, "party and day", folder, DEFINITIONS["a party, as of a day"], Path(scratch))
        if snapshot.manifest.claims <= MOST_LISTED:
            _peers(found, folder, Path(scratch))
    found["peak memory, MB"] = _memory()
    return found


def _choose(found: dict[str, float], folder: Path) -> None:
    for name, definition in DEFINITIONS.items():
        dataset = Dataset(open_snapshot(folder), definition)
        found[f"select: {name}"], numbers = milliseconds(partial(select, dataset.ledger, definition))
        found[f"claims of: {name}"] = len(numbers)


def _look_up(found: dict[str, float], folder: Path) -> None:
    """Under a party and a day, each time with a new perspective: nothing is left from the one before."""
    graph = graphs.open(folder)
    definition = DEFINITIONS["a party, as of a day"]
    things = [f"{ID}event-{n * 7:07}" for n in range(10)] + [f"{ID}person-03-{n:02}" for n in range(10)]
    for name, work in {
        "show": lambda thing: graph._view(definition).show(thing),
        "claims about": lambda thing: graph._view(definition).claims(about=thing),
        "timeline": lambda thing: graph._view(definition).timeline(about=thing),
    }.items():
        taken = [milliseconds(partial(work, thing), 1)[0] for thing in things]
        found[f"{name}: median of 20 things"], found[f"{name}: slowest"] = (
            statistics.median(taken),
            max(taken),
        )
    place = f"{ID}place-007"
    found["show: a place of many"], sheet = milliseconds(lambda: graph._view(definition).show(place))
    found["claims in it"] = len(sheet.claims)
    found["claims: the first 50"], _ = milliseconds(lambda: graph._view(definition).claims(limit=50))


def _query(found: dict[str, float], name: str, folder: Path, definition: Definition, scratch: Path) -> None:
    """First use beside the bulk load of the same triples, then queries beside raw Oxigraph."""
    dataset = Dataset(open_snapshot(folder), definition)
    text = scratch / "merged.nt"
    with text.open("wb") as file:
        for part in parts(dataset.snapshot, definition, dataset.admitted, is_named=False):
            file.write(part)
    start = time.process_time()
    raw = build_folder(scratch / name, _read(text))
    loaded = time.process_time() - start
    text.unlink()
    del raw
    peer = Store.read_only(str(scratch / name))
    view = graphs.open(folder)._view(definition)
    if not definition.is_default:
        start, clock = time.process_time(), time.perf_counter()
        view.query(QUERIES["point"])
        found[f"{name}: first use, s"] = time.process_time() - start
        found[f"{name}: first use by the clock, s"] = time.perf_counter() - clock
        found[f"{name}: bulk load of its triples, s"] = loaded
        found[f"{name}: first use / bulk load"] = found[f"{name}: first use, s"] / loaded
        again, _ = milliseconds(lambda: graphs.open(folder)._view(definition).query(QUERIES["point"]))
        found[f"{name}: opened again"] = again
    for query, body in QUERIES.items():
        ours, rows = milliseconds(partial(_ask, view, body))
        theirs, expected = milliseconds(partial(_ask_raw, peer, body))
        assert len(rows) == len(expected), (query, len(rows), len(expected))
        found[f"{name}: {query}"], found[f"{name}: {query} / raw"] = ours, ours / theirs
    del peer
    shutil.rmtree(scratch / name)


def _read(file: Path) -> Iterator[bytes]:
    with file.open("rb") as text:
        while part := text.read(1 << 24):
            yield part


def _ask(view: Perspective, query: str) -> Sequence[object]:
    answer = view.query(query)
    assert isinstance(answer, Solutions)
    return list(answer)


def _ask_raw(store: Store, query: str, graphs: Sequence[NamedNode] | None = None) -> Sequence[object]:
    answer = store.query(query, prefixes=PREFIXES, default_graph=None if graphs is None else list(graphs))
    assert isinstance(answer, QuerySolutions)
    return list(answer)


def _peers(found: dict[str, float], folder: Path, scratch: Path) -> None:
    """The same question asked of a list of graphs: of Oxigraph, which counts a triple twice, and of rdflib."""
    snapshot = open_snapshot(folder)
    dataset = Dataset(snapshot, DEFINITIONS["a party"])
    names = [NamedNode(name) for name in (*COMMON_GRAPHS, *dataset.admitted)]
    whole = snapshot.open_store()
    body = QUERIES["join"]
    view = graphs.open(folder)._view(DEFINITIONS["a party"])
    ours, _ = milliseconds(partial(_ask, view, body))
    listed, _ = milliseconds(partial(_ask_raw, whole, body, names))
    found["a party: join"], found["oxigraph, list of graphs: join"] = ours, listed
    found["oxigraph, list of graphs / ours"] = listed / ours
    if snapshot.manifest.claims > MOST_RDFLIB:
        return
    from rdflib import Dataset as Rdflib
    from rdflib import URIRef

    peer = Rdflib()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        peer.parse(data=bytes(snapshot.text()), format="nquads")
    prologue = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    chosen = "".join(f"FROM <{URIRef(name.value)}> " for name in names)
    text = prologue + body.replace("{", f"{chosen} {{", 1)
    theirs, _ = milliseconds(lambda: list(peer.query(text)), 1)
    found["rdflib, list of graphs: join"], found["rdflib, list of graphs / ours"] = theirs, theirs / ours


def _memory() -> float:
    """The most that this process held, in MB; what it inherited from its parent does not count."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


if __name__ == "__main__":
    over_sizes(measure, script=__file__, manual=__doc__, unit="figure")
