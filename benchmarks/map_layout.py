"""How long it takes to find a place for each dot of a map, and how near neighbours come.

The share of neighbours is that of each node's d nearest dots that are among its d neighbours, over up to 500
nodes. Run it as ``python benchmarks/map_layout.py``; processor time, so that other jobs weigh little.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from page_graphs import made_graph
from timing import describe

from kg.networks.clusters import communities
from kg.page.map_layout import Point, places

SIZES = (100, 1_000, 5_000, 20_000, 100_000)
#: Of more the nearest dots are too many to compare; of fewer so many nodes are.
MOST_COMPARED, SAMPLE = 20_000, 500

Near = list[dict[int, float]]


def kept(near: Near, found: Sequence[Point]) -> float:
    """The share of neighbours among the nearest dots."""
    shares = []
    for node in range(0, len(near), max(1, len(near) // SAMPLE)):
        if not near[node]:
            continue
        x, y = found[node]
        away = sorted((a - x) ** 2 + (b - y) ** 2 for a, b in found)[len(near[node])]
        close = sum((found[one][0] - x) ** 2 + (found[one][1] - y) ** 2 <= away for one in near[node])
        shares.append(close / len(near[node]))
    return sum(shares) / len(shares)


def main() -> None:
    """Measure and print a Markdown table."""
    print(f"{describe()}\n\n| nodes | edges | s | neighbours kept |\n|---|---|---|---|")
    for nodes in SIZES:
        edges = made_graph(nodes).edges
        near: Near = [{} for _ in range(nodes)]
        for one, other in edges:
            near[one][other] = near[other][one] = 1.0
        start = time.process_time()
        found = places(near, communities(near))
        took = time.process_time() - start
        share = f"{kept(near, found):.2f}" if nodes <= MOST_COMPARED else "-"
        print(f"| {nodes:,} | {len(edges):,} | {took:.2f} | {share} |")


if __name__ == "__main__":
    main()
