"""Graphs of 100 to 100,000 nodes as pages: the first frame with nodes in it, frames while dragging, memory.

Two pages of ours: that of ``kg view`` on a made store of so many things, which draws some sixty cards and says what it
left out; and the crowd page, which draws every node as a dot. The peers draw every node.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from page_browser import Chromium, median, rounds
from page_crowd import write_crowd, write_texts
from page_graphs import kg, made_graph, store_of
from page_peers import Peer
from page_table import Figure

SECONDS = 90.0
#: Nodes, bar of the first frame in ms, of frames a second while it is dragged, of memory in MB.
SIZES = (
    (100, 300, None, None),
    (500, 350, None, None),
    (1_000, 400, 58, 3),
    (5_000, 400, 50, None),
    (20_000, 900, 30, 12),
    (100_000, 2_500, None, None),
)
CROWD = "ours"


@dataclass(slots=True)
class Files:
    """The pages, each written once."""

    folder: Path
    _made: dict[str, Path] = field(default_factory=dict)

    def dossier(self, *, lite: bool = False, lang: str = "en", name: str = "") -> Path:
        """The page of the shipped dossier."""
        file = self.folder / f"dossier-{lang}{'-lite' if lite else ''}{name}.html"
        if file.name not in self._made:
            words = ["--lite"] if lite else []
            kg("view", "--store", ":shipped:", "--lang", lang, "-o", str(file), *words)
            self._made[file.name] = file
        return file

    def view(self, things: int) -> Path:
        """What ``kg view`` writes of a made store of so many things."""
        file = self.folder / f"view-{things}.html"
        if file.name not in self._made:
            kg("view", "--store", str(store_of(things, self.folder)), "-o", str(file))
            self._made[file.name] = file
        return file

    def crowd(self, nodes: int) -> Path | None:
        """The crowd page of a made graph."""
        file = self.folder / f"crowd-{nodes}.html"
        return file if file.name in self._made else self._keep(write_crowd(made_graph(nodes), file))

    def crowd_of_texts(self, texts: dict[str, str]) -> Path | None:
        """A crowd page whose nodes and edges are named by these texts."""
        return write_texts(texts, self.folder / "crowd-texts.html")

    def of_peer(self, peer: Peer, nodes: int) -> Path:
        """What a peer makes of a made graph."""
        file = self.folder / f"{peer.name.split(' (')[0].replace(', ', '-').replace(' ', '-')}-{nodes}.html"
        if file.name not in self._made:
            file.write_text(peer.page(made_graph(nodes)), encoding="utf-8")
            self._made[file.name] = file
        return file

    def _keep(self, file: Path | None) -> Path | None:
        if file is not None:
            self._made[file.name] = file
        return file


def frames(browser: Chromium, files: Files, peers: Sequence[Peer], count: int) -> list[Figure]:
    """All sizes; each round opens every page once."""
    figures: list[Figure] = []
    for nodes, bar, fps, heap in SIZES:
        pages = {peer.name: files.of_peer(peer, nodes) for peer in peers if peer.most >= nodes}
        crowd = files.crowd(nodes)
        if crowd is not None:
            pages[CROWD] = crowd
        if nodes <= 1_000:
            pages["view"] = files.view(nodes)
        figures += _measured(browser, pages, nodes, (bar, fps, heap), count)
    return figures


def _measured(
    browser: Chromium,
    pages: dict[str, Path],
    nodes: int,
    bars: tuple[int, int | None, int | None],
    count: int,
) -> list[Figure]:
    bar, fps, heap = bars
    moved: dict[str, list[float | None]] = {name: [] for name in pages}
    held: dict[str, list[float | None]] = {name: [] for name in pages}
    arrays: dict[str, list[float | None]] = {name: [] for name in pages}

    def measure(name: str) -> float | None:
        with browser.open(pages[name]) as opened:
            first = opened.first_frame(SECONDS)
            if first is not None and name != "view" and "gravis" not in name and (fps or heap):
                opened.ready(SECONDS)
                opened.page.wait_for_timeout(300)
                used, whole = opened.heap()
                held[name].append(used)
                arrays[name].append(whole)
                moved[name].append(opened.drag() if fps else None)
            return first

    firsts = {name: median(taken) for name, taken in rounds(list(pages), measure, count).items()}
    view = firsts.pop("view", None)
    ours = firsts.pop(CROWD, None)
    found = [Figure(f"{nodes:,} nodes, first frame of the crowd page, ms", f"{bar}", ours, firsts)]
    if nodes <= 1_000:
        found.insert(0, Figure(f"{nodes:,} things, first frame of kg view, ms", f"{bar}", view, firsts))
    speeds = {name: median(taken) for name, taken in moved.items() if taken and name != CROWD}
    if fps:
        name = f"{nodes:,} nodes, dragged: frames a second"
        found.append(Figure(name, f"{fps}", median(moved.get(CROWD, [])), speeds, is_more_better=True))
    for title, mine in (("heap", held), ("heap and arrays", arrays)) if heap else ():
        heaps = {name: median(taken) for name, taken in mine.items() if taken and name != CROWD}
        found.append(Figure(f"{nodes:,} nodes: {title}, MB", f"{heap}", median(mine.get(CROWD, [])), heaps))
    return found
