"""Whether the norm and the program agree on made-up dossiers, quad for quad: ``python -m tests.perspective.agreement``.

The program is asked through the door of its users: a store on the disk, opened, and perspectives taken of it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from rdflib import BNode, Dataset

from kg.graph import KnowledgeGraph
from kg.perspective.definition import Definition
from kg.rdf.trig import parse_trig, write_nquads
from tests.perspective.dossiers import dossier, perspective
from tests.perspective.oracle import COMMON, Norm, Question, Triples
from tests.tiny import build_store

PERSPECTIVES = 6  # asked of each dossier


def question(definition: Definition) -> Question:
    """The same in the words of the oracle."""
    mode = "undisputed" if definition.undisputed else "disputed" if definition.disputed else ""
    return Question(
        definition.according_to, definition.as_of, definition.on, mode, definition.exactly, definition.infer
    )


def norm_of(graph: KnowledgeGraph) -> Norm:
    """The oracle on all that a store holds."""
    return Norm(write_nquads(graph.quads()).encode())


def graphs_of(dataset: Dataset) -> dict[str, Triples]:
    """The graphs that are not empty, the default graph under the empty name."""
    default = dataset.default_graph.identifier
    return ground({"" if g.identifier == default else str(g.identifier): set(g) for g in dataset.graphs()})


def ground(graphs: dict[str, Triples]) -> dict[str, Triples]:
    """Without blank nodes, whose labels change from reader to reader, and without empty graphs."""
    without = {
        name: {triple for triple in triples if not any(isinstance(term, BNode) for term in triple)}
        for name, triples in graphs.items()
    }
    return {name: triples for name, triples in without.items() if triples}


def differences(graph: KnowledgeGraph, norm: Norm, definition: Definition) -> list[str]:
    """What one of the two has and the other has not, line by line; empty when they agree."""
    view = graph._view(definition)
    ours, theirs = graphs_of(view.to_rdflib()), ground(norm.dataset(question(definition)))
    found = [
        f"{sign} {' '.join(term.n3() for term in triple)} in {name or 'the default graph'}"
        for name in sorted({*ours, *theirs})
        for sign, one, other in (("program only:", ours, theirs), ("norm only:", theirs, ours))
        for triple in sorted(one.get(name, set()) - other.get(name, set()))
    ]
    claims = {claim.iri for claim in view.claims()}
    return found + [f"one only: {iri}" for iri in sorted(claims ^ norm.admitted(question(definition)))]


def compare(text: str, asked: Sequence[Definition], counts: Counter[str]) -> Iterator[str]:
    """The disagreements on one dossier; ``counts`` is told what was compared, so that nobody proves nothing."""
    with tempfile.TemporaryDirectory() as folder:
        graph = build_store(Path(folder) / "store", parse_trig(text.encode(), name="made-up.trig"))
        norm = norm_of(graph)
        counts["dossiers"] += 1
        for definition in asked:
            if found := differences(graph, norm, definition):
                yield "\n".join([str(definition), *found])
            counts["perspectives"] += 1
            counts.update(option for option in definition.__slots__ if getattr(definition, option))
            theirs = norm.dataset(question(definition))
            admitted = len(theirs.keys() - {"", *map(str, COMMON)})
            counts["claims held"] += admitted
            counts["claims left out"] += len(set(norm.claims())) - admitted
            counts["quads"] += sum(map(len, theirs.values()))


def run(dossiers: int, *, seed: int, counts: Counter[str]) -> str:
    """The first disagreement, with the dossier as TriG; empty when there is none."""
    for n in range(dossiers):
        random = Random(f"{seed}-{n}")
        text = dossier(random)
        for found in compare(text, [perspective(random) for _ in range(PERSPECTIVES)], counts):
            return f"dossier {n} of seed {seed}\n{found}\n\n{text}"
    return ""


def main() -> None:
    """Compare, print the counts, and fail at the first disagreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    asked = parser.parse_args()
    warnings.simplefilter("ignore", DeprecationWarning)  # rdflib of itself
    counts: Counter[str] = Counter()
    start = time.monotonic()
    found = run(asked.dossiers, seed=asked.seed, counts=counts)
    for what, count in counts.items():
        print(f"{what:16} {count:>10,}")
    print(f"{'seconds':16} {time.monotonic() - start:>10,.0f}")
    if found:
        sys.exit(found)
    print("the norm and the program agree")


if __name__ == "__main__":
    main()
