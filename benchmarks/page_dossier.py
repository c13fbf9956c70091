"""The page of the shipped dossier: bytes, ready, how quickly it follows the slider, its layout, its access."""

from __future__ import annotations

import json
import re
import time
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

from page_browser import Chromium, median, rounds
from page_frames import Files
from page_graphs import Made
from page_peers import peers
from page_table import Figure

from kg import graph as graphs
from kg.page import layout as layouts
from kg.page import select
from kg.page.gather import gather
from kg.page.geometry import Picture
from kg.perspective.definition import Definition

SECONDS = 60.0
#: Every step of the slider back from today, then every party; some rounds of both. Milliseconds of each.
CHANGES = """async (passes) => {
  const slider = document.getElementById('day');
  const move = (at) => { slider.value = at; slider.dispatchEvent(new Event('input', {bubbles: true})); };
  const found = {days: [], parties: []};
  for (let pass = 0; pass < passes; pass++) {
    for (let at = Number(slider.max); at >= 0; at--) found.days.push([at, (await __bench.change(() => move(at)))[0]]);
    move(slider.max);
    for (const box of document.querySelectorAll('#according input')) {
      found.parties.push([box.value, (await __bench.change(() => box.click()))[0]]);
      await __bench.change(() => box.click());
    }
  }
  return found;
}"""


def dossier(browser: Chromium, files: Files, count: int) -> list[Figure]:
    """Bytes, and how soon the page is ready: drawn, loaded, its controls wired."""
    found = {"ours": files.dossier(), "lite": files.dossier(lite=True), "pyvis, stock": _stock(files)}

    def ready(name: str) -> float | None:
        with browser.open(found[name]) as opened:
            return opened.ready(SECONDS)

    def heap() -> float:
        with browser.open(found["ours"]) as opened:
            opened.ready(SECONDS)
            return opened.heap()[0]

    taken = {name: median(values) for name, values in rounds(list(found), ready, count).items()}
    sizes = {name: file.stat().st_size / 1000 for name, file in found.items()}
    again = files.dossier().read_bytes() == files.dossier(name="again").read_bytes()
    stock = "pyvis, stock"
    return [
        Figure("dossier: kB", "560", sizes["ours"], {stock: sizes[stock]}),
        Figure("dossier, lite: kB", "90", sizes["lite"], {stock: sizes[stock]}),
        Figure("dossier: written twice, bytes that differ", "0", 0 if again else 1),
        Figure("dossier: ready, ms", "600", taken["ours"], {stock: taken[stock]}),
        Figure("dossier, lite: ready, ms", "400", taken["lite"], {stock: taken[stock]}),
        Figure("dossier: heap, MB", "-", heap()),
    ]


def _stock(files: Files) -> Path:
    """The cards and lines of our page, as stock pyvis draws them."""
    text = files.dossier().read_text(encoding="utf-8")
    found = re.search(r'<script[^>]* id="data"[^>]*>(.*?)</script>', text, re.S)
    assert found
    data = json.loads(found[1])["page"]
    labels = tuple(thing["l"] for thing in data["things"][: data["cards"]])
    edges = tuple((line["a"], line["b"]) for line in data["lines"])
    made = Made(labels, ((0.0, 0.0),) * len(labels), (0,) * len(labels), edges)
    file = files.folder / "dossier-stock.html"
    file.write_text(peers(None)[0][0].page(made), encoding="utf-8")
    return file


def latency(browser: Chromium, files: Files, count: int) -> list[Figure]:
    """From a change of the day or the parties to the end of the frame that shows it."""
    with browser.open(files.dossier()) as opened:
        opened.ready(SECONDS)
        found = opened.page.evaluate(CHANGES, count)
    figures = []
    for name, one in (("days", "day"), ("parties", "party")):
        medians = [
            median([taken for key, taken in found[name] if key == at])
            for at in dict.fromkeys(key for key, _ in found[name])
        ]
        known = [value for value in medians if value is not None]
        figures += [
            Figure(f"change of the {one}, ms: median of {len(known)}", "50", median(known)),
            Figure(f"change of the {one}, ms: the slowest", "50", max(known)),
        ]
    return figures


def layout(count: int) -> list[Figure]:
    """The layout of the dossier: seconds, the same each time, and what must not be on what."""
    view = graphs.open(":shipped:")._view(Definition())
    known = gather(view, lang="en", title="")
    taken, drawn = [], []
    for _ in range(count):
        selection = select.select(known)
        items, titles = select.items(known, selection)
        start = time.perf_counter()
        drawn.append(layouts.draw(items, select.ties(known, selection), titles=titles))
        taken.append(time.perf_counter() - start)
    return [
        Figure(f"layout of {len(drawn[0].cards)} cards, {len(drawn[0].routes)} lines: s", "1", median(taken)),
        Figure("layout: pictures that differ", "0", sum(picture != drawn[0] for picture in drawn)),
        Figure("layout: collisions", "0", collisions(drawn[0])),
    ]


def collisions(picture: Picture) -> int:
    """Cards on cards, points of lines in cards, names on cards."""
    boxes = [card.box for card in picture.cards]
    chips = [route.chip for route in picture.routes if route.chip is not None]
    return (
        sum(one.overlaps(other) for one, other in combinations(boxes, 2))
        + sum(box.holds(point) for route in picture.routes for point in route.points for box in boxes)
        + sum(chip.overlaps(box) for chip in chips for box in boxes)
    )


def access(browser: Chromium, files: Files) -> list[Figure]:
    """What axe-core finds, in light and dark, wide and on a phone, in each view; of stock pyvis, as it opens."""
    if not find_spec("axe_playwright_python"):
        return [Figure("axe: violations (axe-playwright-python is not installed)", "0", None)]
    axe = import_module("axe_playwright_python.sync_playwright").Axe()
    hashes = ("", "#view=positions", "#thing=id:csp-2024", "#according-to=id:ukraine&according-to=id:russia")
    found: dict[str, set[str]] = {"ours": set(), "pyvis, stock": set()}
    pages = [("ours", files.dossier(lang="fr"), hash) for hash in hashes]
    pages += [("ours", files.dossier(lite=True), ""), ("pyvis, stock", _stock(files), "")]
    for name, file, hash in pages:
        for dark in (False, True):
            for width in (1440, 390):
                with browser.open(file, hash, width=width, dark=dark) as opened:
                    opened.ready(SECONDS)
                    for fault in axe.run(opened.page).response["violations"]:
                        found[name].add(fault["id"])
    stock = {"pyvis, stock": float(len(found["pyvis, stock"]))}
    return [Figure("axe: kinds of violations", "0", len(found["ours"]), stock)]
