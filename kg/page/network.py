"""The page's model and template host: pyvis with our own escaping template.

Of pyvis only add_node, add_edge and generate_html are used: docs/page.md says why not the rest.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pyvis
from pyvis.network import Network

from kg.page.geometry import Picture
from kg.page.templates import environment

BUNDLE = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"


class KgNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network with our template; its nodes are the cards, its edges the lines, in their positions."""

    def __init__(self) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.templateEnv = environment()
        self.path = "page.html.jinja"

    def place(self, picture: Picture, numbers: Mapping[str, int]) -> None:
        """Add the cards and lines of the picture; ids are numbers, so that no text of the data is one."""
        for card in picture.cards:
            box = card.box
            self.add_node(
                numbers[card.key],
                label=" ",  # pyvis would take the id for an empty one; the picture itself writes the text
                shape="custom",
                x=round(box.x + box.w / 2, 1),
                y=round(box.y + box.h / 2, 1),
                w=box.w,
                h=box.h,
            )
        for number, route in enumerate(picture.routes):
            self.add_edge(numbers[route.start], numbers[route.end], id=number)

    def render(self, context: Mapping[str, object]) -> str:
        """The page, with these values known to the template beside those of pyvis."""
        boxes = [{name: node[name] for name in ("id", "x", "y", "w", "h")} for node in self.nodes]
        self.templateEnv.globals.update({**context, "boxes": boxes})
        html: str = self.generate_html()
        return html


@cache
def vis_bundle() -> str:
    """The bundled vis-network, its licence head included.

    The address of its map is left out: a browser's tools would ask for it over the network.
    """
    text = BUNDLE.read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))


@cache
def packed_vis() -> str:
    """The bundle deflated; the page inflates it and the policy admits it by the hash of its text."""
    return packed(vis_bundle())


def packed(script: str) -> str:
    """A text deflated, as base64."""
    return base64.b64encode(zlib.compress(script.encode(), 9)).decode()
