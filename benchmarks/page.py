"""The page beside its peers in one run: what leaves it, what runs in it, its size, how soon it draws, how it moves.

Run ``python benchmarks/page.py [--peers FOLDER] [--only PART ...]``. FOLDER holds force-graph and cytoscape as npm
installs them; gravis is taken where it is installed. A peer that is absent is left out, and the table says so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import page_hostile
from page_browser import Chromium, chromium
from page_dossier import access, dossier, latency, layout
from page_frames import Files, frames
from page_graphs import kg
from page_peers import Peer, peers
from page_table import Figure, table
from timing import describe


@dataclass(frozen=True, slots=True)
class Given:
    """What every part of the run is given."""

    browser: Chromium
    files: Files
    peers: list[Peer]
    rounds: int


def safety(given: Given) -> list[Figure]:
    """What leaves a page, what runs in it, what its console complains of; the cases of ours and of stock pyvis."""
    folder = given.files.folder
    ours = page_hostile.ours(given.browser, folder, given.files.crowd_of_texts)
    stock = page_hostile.stock(given.browser, folder)
    cases = f"hostile texts that run, of {ours.tried} in every field (pyvis: of {stock.tried} ways in)"
    return [
        Figure(
            "addresses asked of the network", "0", len(ours.requests), {"pyvis, stock": len(stock.requests)}
        ),
        Figure(cases, "0", len(ours.ran), {"pyvis, stock": len(stock.ran)}),
        Figure("kinds of complaints", "0", len(ours.complaints), {"pyvis, stock": len(stock.complaints)}),
    ]


PARTS: dict[str, Callable[[Given], list[Figure]]] = {
    "safety": safety,
    "dossier": lambda given: dossier(given.browser, given.files, given.rounds),
    "frames": lambda given: frames(given.browser, given.files, given.peers, given.rounds),
    "latency": lambda given: latency(given.browser, given.files, given.rounds),
    "layout": lambda given: layout(given.rounds),
    "access": lambda given: access(given.browser, given.files),
}


def main() -> None:
    """Run the parts one after the other and print one table, the ratios last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--peers", type=Path, help="a folder with force-graph and cytoscape as npm installs them"
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts alone")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a folder in which the pages are kept")
    asked = parser.parse_args()
    found, missing = peers(asked.peers)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        given = Given(browser, Files(folder), found, asked.rounds)
        kg("view", "--store", ":shipped:", "-o", str(folder / "warm.html"))
        for part in asked.only:
            print(f"{part} ...", file=sys.stderr, flush=True)
            figures += PARTS[part](given)
        told = browser.browser.version
    peer_versions = ", ".join(
        f"{name} {number}" for name, number in {p.name: p.version for p in found}.items()
    )
    print(
        f"{describe()}\nChromium {told} without GPU, 1440 x 900; {peer_versions}; networkx {version('networkx')}"
    )
    for name in missing:
        print(f"{name} is not on this machine and left out")
    print(f"\n{table(figures, found)}")


if __name__ == "__main__":
    main()
