"""Nearly every line finds room for its name, whole words of at least 12 px, in several dossiers and both languages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg import graph as graphs
from kg.page import labels, layout, select
from kg.page.gather import gather
from kg.page.geometry import Picture, Tie
from kg.page.model import Knowledge
from kg.page.theme import text_width, theme
from tests.page.made import faults
from tests.page.test_layout import anything
from tests.tiny import build_store, tiny_quads

MAKE = str(Path(__file__).parents[2] / "benchmarks" / "make_data.py")


def drawn(known: Knowledge, limit: int) -> tuple[Picture, list[Tie]]:
    selection = select.select(known, limit=limit)
    items, titles = select.items(known, selection)
    ties = select.ties(known, selection)
    return layout.draw(items, ties, titles=titles), ties


def named(picture: Picture, ties: list[Tie]) -> float:
    """The part of the lines that are always drawn and have a name in the picture."""
    quiet = {tie.key for tie in ties if tie.quiet}
    routes = [route for route in picture.routes if route.key not in quiet]
    return sum(route.chip is not None for route in routes) / max(len(routes), 1)


def check(picture: Picture, ties: list[Tie], least: float) -> None:
    assert faults(picture, ties) == []
    assert named(picture, ties) >= least
    known = {tie.key: tie for tie in ties}
    for route in picture.routes:
        if route.chip:
            assert " ".join(route.lines).split() == known[route.key].label.split(), "a word was broken or cut"
            widest = max(text_width(line, labels.SIZE) for line in route.lines)
            assert widest <= route.chip.w
    assert [card.key for card in picture.cards if not layout.fits(card)] == []


@pytest.mark.parametrize("limit", [25, select.LIMIT])
def test_the_shipped_dossier(known: Knowledge, limit: int) -> None:
    picture, ties = drawn(known, limit)
    check(picture, ties, 0.95)
    assert not [card.lines for card in picture.cards if any("…" in line for line in card.lines)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "made.kg"
    subprocess.run([sys.executable, MAKE, "300", str(folder)], check=True)
    return folder


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_made_dossiers(made: Path, tmp_path: Path, lang: str) -> None:
    with graphs.open(made, lang=lang) as graph:
        whole = gather(graph.perspective(), lang=lang, title="made")
    check(*drawn(whole, 40), 0.9)
    with build_store(tmp_path / "tiny", tiny_quads()) as graph:
        check(*drawn(gather(graph.perspective(), lang=lang, title="tiny"), 40), 1.0)


@pytest.mark.parametrize("seed", range(6))
def test_networks_of_any_shape(seed: int) -> None:
    items, ties = anything(seed, cards=20 + 4 * seed, ties=15 + 6 * seed)
    picture = layout.draw(items, ties, titles={})
    assert faults(picture, ties) == []
    assert named(picture, ties) >= 0.9


def test_nothing_in_the_picture_is_smaller_than_12_px() -> None:
    card = theme().card
    assert min(card["size"], card["sub_size"], labels.SIZE) >= 12
    sheet = (Path(layout.__file__).parent / "assets" / "picture.css").read_text("utf-8")
    sizes = [float(part.split("px")[0]) for part in sheet.split("font-size:")[1:]]
    assert len(sizes) >= 5
    assert min(sizes) >= 12
