"""What a page is served within: a bar above it, with a style and a script of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Frame:
    """The bar, made by a template that escapes; what it needs; and how the page of a thing is reached.

    ``things`` is what stands before the identifier of a thing in the address of its page. ``around`` is what the
    panel calls that page, then what it calls one with one step, with two ...
    """

    bar: Markup
    style: str
    script: str
    things: str
    around: Sequence[str]

    @property
    def told(self) -> dict[str, object]:
        """What the scripts of the page know of it."""
        return {"things": self.things, "around": list(self.around)}
