"""In which column a card stands, and where in it: ties across come first, then few crossings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

SWEEPS = 8
#: With so many things around it, and so many times its own number, what all edges touch stands in the middle.
AROUND, TIMES = 8, 3


def in_columns(count: int, edges: Sequence[tuple[int, int]]) -> Sequence[list[int]]:
    """The things, by number, in one, two or three columns, each from top to bottom; none is empty."""
    left = _sides(count, edges)
    few, many = sorted(
        ([thing for thing in range(count) if left[thing] is side] for side in (True, False)), key=len
    )
    columns = [few, many] if few and left[few[0]] else [many, few]
    crowded = len(many) > max(AROUND, TIMES * len(few))
    if few and crowded and not any(left[one] == left[other] == left[many[0]] for one, other in edges):
        few, many = _ordered([few, many], count, edges)
        columns = [many[::2], few, many[1::2]]  # in turn to either side, so that both are as high
    return _ordered([column for column in columns if column], count, edges)


def _sides(count: int, edges: Sequence[tuple[int, int]]) -> list[bool]:
    """Who stands on the left: most edges go across; of equal choices who begins edges, then who keeps balance."""
    near: list[dict[int, int]] = [defaultdict(int) for _ in range(count)]
    out = [0] * count
    for start, end in edges:
        if start != end:
            near[start][end] += 1
            near[end][start] += 1
            out[start] += 1
            out[end] -= 1
    left: dict[int, bool] = {}
    for thing in sorted(range(count), key=lambda one: (-sum(near[one].values()), one)):
        across = sum(
            weight * (-1 if left[other] else 1) for other, weight in near[thing].items() if other in left
        )
        if across:
            left[thing] = across > 0
        elif out[thing]:
            left[thing] = out[thing] > 0
        else:
            left[thing] = sum(left.values()) * 2 <= len(left)
    return [left[thing] for thing in range(count)]


def _ordered(
    columns: Sequence[list[int]], count: int, edges: Sequence[tuple[int, int]]
) -> Sequence[list[int]]:
    """The columns, each thing near the middle of those to which it is tied."""
    near: list[list[int]] = [[] for _ in range(count)]
    for start, end in edges:
        if start != end:
            near[start].append(end)
            near[end].append(start)
    for _ in range(SWEEPS):
        for column in columns:
            at = {thing: (place + 0.5) / len(other) for other in columns for place, thing in enumerate(other)}
            middle = {
                thing: sum(at[other] for other in near[thing]) / len(near[thing])
                if near[thing]
                else at[thing]
                for thing in column
            }
            column.sort(key=lambda thing: (middle[thing], thing))
    return columns
