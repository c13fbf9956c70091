"""The load of benchmarks/serve.py: the queries, whether engines answer them alike, and one run of wrk."""

from __future__ import annotations

import json
import random
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store
from serve_engines import Engine

from kg.rdf.vocabulary import KG, RDF_TYPE

SEED = 20250428
_POINTS, _HOPS, _PLACES = 2000, 500, 100
_COMPARED = 40
_LUA = Path(__file__).with_name("serve_load.lua")


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of one run: times in milliseconds, but ``processor`` in microseconds for an answer."""

    requests: int
    seconds: float
    p50: float
    p99: float
    errors: int
    processor: float

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return self.requests / self.seconds


def queries(folder: Path) -> dict[str, list[str]]:
    """The queries of each kind, drawn by a seed from what the store holds: all ask the default graph alone."""
    generation = folder / (folder / "current").read_text().strip()
    store = Store.read_only(str(generation / "store"))
    draw = random.Random(SEED)
    things = _column(
        store, f"SELECT DISTINCT ?s {{ ?s <{RDF_TYPE}> ?c . ?s <{KG}place>|<{KG}supportedBy> ?o }}"
    )
    places = _column(store, f"SELECT DISTINCT ?p {{ ?e <{KG}place> ?p }}")
    points = draw.sample(things, min(_POINTS, len(things)))
    hops = draw.sample(things, min(_HOPS, len(things)))
    return {
        "point": [f"SELECT ?p ?o WHERE {{ <{one}> ?p ?o }}" for one in points],
        "two hops": [f"SELECT ?p ?q ?z WHERE {{ <{one}> ?p ?y . ?y ?q ?z }}" for one in hops],
        "aggregate": [
            f"SELECT ?c (COUNT(?e) AS ?n) WHERE {{ ?e <{KG}place> <{one}> ; <{RDF_TYPE}> ?c }} GROUP BY ?c"
            for one in draw.sample(places, min(_PLACES, len(places)))
        ],
    }


def _column(store: Store, query: str) -> list[str]:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return sorted(row[0].value for row in found if isinstance(row[0], NamedNode | Literal))


def differing(engines: Sequence[Engine], asked: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Engine -> how many of the answers that were compared differ from those of the first engine."""
    told: dict[str, str] = {}
    for engine in engines[1:]:
        wrong = total = 0
        for texts in asked.values():
            for text in texts[:_COMPARED]:
                total += 1
                wrong += rows(engines[0].ask(text)) != rows(engine.ask(text))
        told[engine.name] = f"{wrong} of {total}"
    return told


def rows(answer: bytes) -> Counter[str]:
    """The rows of an answer in SPARQL JSON, in no order, however an engine spells a plain text or a blank node."""
    found = json.loads(answer)
    return Counter(
        json.dumps({name: _plain(term) for name, term in row.items()}, sort_keys=True)
        for row in found["results"]["bindings"]
    )


def _plain(term: Mapping[str, str]) -> tuple[str, ...]:
    kind = term["type"].replace("typed-", "")
    if kind == "bnode":
        return (kind,)
    datatype = term.get("datatype", "").rpartition("#")[2].replace("string", "")
    value = term["value"]
    if datatype == "boolean":  # Virtuoso writes 1, which is the same
        value = {"1": "true", "0": "false"}.get(value, value)
    return kind, value, datatype, term.get("xml:lang", "").lower()


def run(engine: Engine, texts: Sequence[str], *, clients: int, seconds: float, scratch: Path) -> Figures:
    """One run of wrk, which ends by itself; the same seed draws the same requests."""
    file = scratch / "paths.txt"
    file.write_text("".join(f"{engine.path(text)}\n" for text in texts))
    words = ["wrk", "-t1", f"-c{clients}", f"-d{seconds:g}s", "--timeout", "30s", "-s", str(_LUA)]
    words += [f"http://127.0.0.1:{engine.port}", "--", str(file), str(SEED)]
    before = engine.processor()
    done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=seconds + 60)
    told = cast(dict[str, float], json.loads(done.stdout.strip().splitlines()[-1]))
    failed = int(told["errors"] + told["statuses"])
    requests = int(told["requests"])
    processor = (engine.processor() - before) * 1e6 / max(1, requests)
    return Figures(requests, told["seconds"], told["p50"], told["p99"], failed, processor)
