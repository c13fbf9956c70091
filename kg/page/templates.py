"""Our templates, which escape all that they are given; styles, and the hashes by which a policy admits them."""

from __future__ import annotations

import base64
import hashlib

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.page.theme import ASSETS, stylesheet_colours


def environment() -> Environment:
    """Where templates are found; what they are given is text, never markup."""
    made = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # names in their own script, not as escapes; tojson still escapes what could end the element
    made.policies["json.dumps_kwargs"] = {
        "sort_keys": False,
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
    return made


def digest(text: str) -> str:
    """The hash by which the Content-Security-Policy admits a script or a style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def source(name: str) -> str:
    """One of our scripts or styles without indentation and whole-line comments; nothing else is changed."""
    lines = (line.strip() for line in (ASSETS / name).read_text(encoding="utf-8").split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


def style(*names: str) -> str:
    """Our colours, light and dark, and these style sheets."""
    return stylesheet_colours() + "\n".join(map(source, names))
