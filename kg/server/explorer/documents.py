"""The documents of the explorer: templates that escape, texts in two languages, a policy that admits our scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.page.templates import digest, source
from kg.page.theme import stylesheet_colours
from kg.server.problem import Headers
from kg.server.reply import Reply

_ASSETS = Path(__file__).with_name("assets")
#: The languages of the explorer, each by its own name.
LANGUAGES = {"en": "English", "fr": "Français"}

Texts = Mapping[str, str | list[str] | dict[str, str]]


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its template, where it lies among the others, what the template is given, and its scripts."""

    template: str
    title: str
    here: str = ""
    scripts: Sequence[str] = ()
    told: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


@cache
def texts(lang: str) -> Texts:
    """What the explorer says in a language."""
    held: Texts = json.loads((_ASSETS / f"{lang}.json").read_text(encoding="utf-8"))
    return held


@cache
def sentences(lang: str) -> tuple[tuple[str, str], ...]:
    """What faults say in English, and what says it in this language; none where they stay as they are."""
    file = _ASSETS / f"faults_{lang}.json"
    told = json.loads(file.read_text(encoding="utf-8")) if file.exists() else ()
    return tuple((english, other) for english, other in told)


def text(lang: str, name: str, **values: object) -> str:
    """One text with its values filled in; what a value holds is never read as a pattern.

    >>> text("fr", "at_place", line=3, column=14)
    'Ligne 3, colonne 14'
    """
    held = texts(lang)[name]
    assert isinstance(held, str), name
    return re.sub(r"\{(\w+)\}", lambda found: str(values[found[1]]), held)


def render(template: str, context: Mapping[str, object]) -> str:
    """A template filled in; what it is given is text, never markup, unless it says that it is."""
    return _environment().get_template(f"{template}.html.jinja").render(context)


@cache
def script(*names: str) -> str:
    """Scripts of ours in one, apart from every other script of the page."""
    parts = [source("dom.js"), *(_asset(f"{name}.js") for name in names)]
    return "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();"


@cache
def bar_style() -> str:
    """The style of the bar, which stands above a page that has a style of its own."""
    return _asset("bar.css")


def send(reply: Reply, document: Document, context: Mapping[str, object], *, lang: str) -> None:
    """Answer with a document; ``context`` has what all of them need."""
    style = stylesheet_colours() + _asset("explorer.css") + bar_style()
    scripts = [script("bar"), *([script(*document.scripts)] if document.scripts else [])]
    page = render(
        document.template,
        {
            **context,
            **document.told,
            "say": texts(lang),
            "lang": lang,
            "title": document.title,
            "here": document.here,
            "style": Markup(style),
            "scripts": [Markup(text) for text in scripts],
        },
    )
    send_page(reply, page, policy(scripts, style), status=document.status)


def send_page(reply: Reply, page: str, policy: str, *, status: int = 200) -> None:
    """Answer with HTML under a policy."""
    headers: Headers = (
        ("content-security-policy", policy),
        ("referrer-policy", "no-referrer"),
        ("vary", "accept-language"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    )
    reply.start("text/html; charset=utf-8", status=status, headers=headers)
    reply.write(page.encode())


def policy(scripts: Sequence[str], style: str) -> str:
    """Nothing but these scripts and this style, and requests to ourselves."""
    admitted = " ".join(f"'{digest(text)}'" for text in scripts)
    return (
        f"default-src 'none'; script-src {admitted}; style-src '{digest(style)}'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {"sort_keys": False, "ensure_ascii": False}
    return made


@cache
def _asset(name: str) -> str:
    """One of our scripts or styles without indentation and whole-line comments."""
    lines = (line.strip() for line in (_ASSETS / name).read_text(encoding="utf-8").split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*"))) + "\n"
