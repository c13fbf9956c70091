"""Figures beside those of the peers, as one table; the ratios come last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from page_peers import Peer


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of ours, its bar, and those of the peers from the same run; None: it was not reached."""

    name: str
    bar: str
    ours: float | None
    peers: Mapping[str, float | None] = field(default_factory=dict)
    is_more_better: bool = False

    def best(self) -> tuple[str, float] | None:
        """The best peer."""
        known = [(value, name) for name, value in self.peers.items() if value is not None]
        if not known:
            return None
        value, name = max(known) if self.is_more_better else min(known)
        return name, value

    def ratio(self) -> float | None:
        """How many times better than the best peer: over 1 is ahead of it."""
        best = self.best()
        if best is None or self.ours is None or not (best[1] and self.ours):
            return None
        return self.ours / best[1] if self.is_more_better else best[1] / self.ours


def table(figures: Sequence[Figure], peers: Sequence[Peer]) -> str:
    """All figures, one line each, then how far ahead of the best peer each is."""
    names = [peer.name for peer in peers if any(peer.name in figure.peers for figure in figures)]
    lines = [f"| figure | bar | ours | {' | '.join(names)} |", "|---|---|---|" + "---|" * len(names)]
    for figure in figures:
        told = " | ".join(_shown(figure.peers[name]) if name in figure.peers else "" for name in names)
        lines.append(f"| {figure.name} | {figure.bar} | **{_shown(figure.ours)}** | {told} |")
    lines += ["", "| ahead of the best peer | times | that peer |", "|---|---|---|"]
    for figure in figures:
        best, ratio = figure.best(), figure.ratio()
        if best is not None:
            times = f"{ratio:.2f}" if ratio else f"{_shown(figure.ours)} : {_shown(best[1])}"
            lines.append(f"| {figure.name} | {times} | {best[0]} |")
    return "\n".join(lines)


def _shown(value: float | None) -> str:
    if value is None:
        return "not reached"
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
