"""The page of a network: a picture of cards while there are few things, a map of dots for crowds; one file."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from kg.page.map_data import BACKBONE, FAMILIES, Crowd, arrays, crowd, family, spacing
from kg.page.map_drawing import cards, drawing, is_drawn
from kg.page.map_names import asked, class_labels, other_names
from kg.page.map_shapes import paths
from kg.page.map_texts import formulas, named, text, texts
from kg.page.map_told import Said, said, stances
from kg.page.payload import Json
from kg.page.templates import digest, environment, source, style
from kg.perspective.view import Perspective
from kg.whole_file import write_whole

if TYPE_CHECKING:
    from kg.networks.measures import Network

#: In the order in which they are put together: the stage of cards or that of dots is among them.
FIRST, LAST = (
    ("dom", "map_state", "map_sizes", "map_keys"),
    ("map_panel", "map_table", "map_search", "map_main"),
)
CARDS, DOTS = ("map_cards",), ("map_dots", "map_stage", "map_pointer")
#: So many edges stand in the table that is there without scripts; so many edges a map draws all of.
ROWS, ALL_EDGES = 100, 1500
#: So many communities have a colour of their own.
COLOURED = 6


def write(
    view: Perspective,
    network: Network,
    path: str | os.PathLike[str],
    *,
    lang: str | None = None,
    things: Sequence[str] = (),
    part_of: Network | None = None,
    title: str = "",
) -> Path:
    """Write the page of a network of this perspective to a file, whole or not at all, and return its path.

    ``lang`` is that of the interface, the view's when not given; the labels are those of the network.
    ``things`` (IRIs) are those to which it was limited: its title, unless there is another, names them.
    ``part_of`` is the whole network of which it is a part: measures and communities are those of the whole.

    :raises UsageError: unknown-language, when the page has no texts in the language; cannot-write.
    """
    lang = lang or view.lang
    heading = named(lang, "networks", network.name)["title"]  # a fault comes before the work
    if things:
        heading += text(lang, "colon") + ", ".join(view.label(thing, lang) for thing in things)
    page = render(network, view, lang=lang, part_of=part_of, title=title or heading)
    return write_whole(path, page.encode())


def render(
    network: Network,
    view: Perspective | None = None,
    *,
    lang: str = "en",
    part_of: Network | None = None,
    title: str = "",
) -> str:
    """The page as text; the same network gives the same bytes.

    Nodes have ``label`` and ``type`` (a CURIE), edges ``label``, ``weight`` and ``claims``, as the networks of
    :mod:`kg.networks` have them. Without a perspective nobody tells who says so, only how many.
    """
    made = crowd(network, part_of)
    claims = said(view, network, made, lang)
    classes = class_labels(view, made.classes, lang)
    picture = cards(network, made, claims.notes) if is_drawn(network) else None
    if picture:
        made = replace(made, places=[(card.box.x, card.box.middle) for card in picture.cards])
    columns, blob = arrays(network, made, other_names(view, made.things)).packed()
    count = len(made.edges)
    context: dict[str, object] = {
        "lang": lang,
        "title": title or named(lang, "networks", network.name)["title"],
        "summary": text(lang, "summary", things=len(made.things), edges=count, claims=claims.all),
        "perspective": asked(view, lang),
        "stage": text(lang, "stage", things=len(made.things), edges=count),
        "measures": [
            {"name": name, "label": named(lang, "measures", name)["name"]} for name in made.measures
        ],
        "size": "degree",
        "families": _families(made, lang),
        "communities": _communities(network, made, lang),
        "picture": drawing(network, made, picture, classes) if picture else None,
        "rows": _rows(network, made, claims, lang),
        "caption": text(lang, "table_strongest", count=min(ROWS, count), all=count),
        "lines": text(lang, "lines_cards") if picture else _lines(count, lang),
        "left_out": _left_out(network, made, claims, lang) + _part(part_of, lang),
        "claims": claims.json(),
        "blob": blob,
    }
    context["data"] = _data(network, made, classes, columns, context)
    scripts = _scripts((*FIRST, *(CARDS if picture else DOTS), *LAST))
    return environment().get_template("map.html.jinja").render(page=context | scripts, say=texts(lang))


def _data(
    network: Network,
    made: Crowd,
    classes: Mapping[str, str],
    columns: Sequence[Sequence[str | int]],
    context: Mapping[str, object],
) -> dict[str, object]:
    """What the scripts are told besides the blob."""
    lang, unit = str(context["lang"]), spacing(made.places)
    across = [max((at[axis] for at in made.places), default=0.0) for axis in (0, 1)]
    least = [min((at[axis] for at in made.places), default=0.0) for axis in (0, 1)]
    known = texts(lang)
    say = {name: held for name, held in known.items() if name not in ("about", "networks", "families")}
    return {
        "lang": lang,
        "name": network.name or "network",
        "directed": bool(network.graph.get("directed", True)),
        "columns": columns,
        "spacing": unit,
        "box": [round((high - low) * unit) for high, low in zip(across, least, strict=True)],
        "kinds": [{"label": classes[kind], "family": family(kind)} for kind in made.classes],
        "measures": [{"name": name, "turned": name == "brokers"} for name in made.measures],
        "size": context["size"],
        "formulas": formulas(),
        "left_out": context["left_out"],
        "note": context["lines"],
        "phrases": {**say, "network": named(lang, "networks", network.name), "stance": stances(lang)},
    }


def _families(made: Crowd, lang: str) -> list[dict[str, object]]:
    """The families that the network has, with the shape of their dots and how many they are."""
    counts = Counter(family(made.classes[kind]) for kind in made.kinds)
    return [
        {
            "number": number,
            "label": text(lang, name, within="families"),
            "count": counts[number],
            "path": paths()[number],
        }
        for number, name in enumerate(FAMILIES)
        if counts[number]
    ]


def _communities(network: Network, made: Crowd, lang: str) -> list[str]:
    """The largest communities, each by the thing in it that is tied to most."""
    degree = made.measures["degree"]
    members: dict[int, list[int]] = {}
    for thing, group in enumerate(made.groups):
        if group <= COLOURED:
            members.setdefault(group, []).append(thing)
    found = []
    for number, things in sorted(members.items()):
        first = max(things, key=lambda thing: (degree[thing], -thing))
        label = made.label(network, first)
        found.append(text(lang, "community", number=number, label=label, count=len(things)))
    if rest := sum(group > COLOURED for group in made.groups):
        found.append(text(lang, "other_communities", count=rest))
    return found


def _rows(network: Network, made: Crowd, claims: Said, lang: str) -> list[tuple[str, str, str, str]]:
    """The strongest edges, as the table without scripts has them."""
    told = [network.edges[edge] for edge in made.edge_keys()]
    ranked = sorted(range(len(told)), key=lambda at: (-len(told[at]["claims"]), at))[:ROWS]
    rows = []
    for at in ranked:
        start, end, _ = made.edges[at]
        label = " · ".join(part for part in (str(told[at].get("label", "")), claims.note(at)) if part)
        count = len(told[at]["claims"])
        strength = text(lang, "claims", count=count) if count else text(lang, "reference")
        rows.append((made.label(network, start), label, made.label(network, end), strength))
    return rows


def _lines(edges: int, lang: str) -> str:
    """What lines and dots mean."""
    name = "lines_all" if edges <= ALL_EDGES else "lines_backbone"
    return text(lang, name, count=min(BACKBONE, edges), all=edges)


def _left_out(network: Network, made: Crowd, claims: Said, lang: str) -> list[str]:
    """What the page does not hold, in words."""
    found = []
    if claims.told < claims.all:
        found.append(text(lang, "left_claims", count=claims.told, all=claims.all))
    missing = [name for name in formulas() if name not in made.measures and name != "communities"]
    if missing:
        names = ", ".join(named(lang, "measures", name)["name"] for name in missing)
        found.append(
            text(lang, "left_measures", measures=names, network=network.name or "relations", first=missing[0])
        )
    return found


def _part(part_of: Network | None, lang: str) -> list[str]:
    """Of what the measures are, where the page shows a part."""
    return [] if part_of is None else [text(lang, "part_of", count=part_of.number_of_nodes())]


def _scripts(names: Sequence[str]) -> dict[str, Json | Markup]:
    """Style and scripts with the policy that admits these and nothing else."""
    css = style("map.css")
    script = "(() => {\n'use strict';\n" + "\n".join(source(f"{name}.js") for name in names) + "\n})();"
    early = source("early.js")
    policy = (
        f"default-src 'none'; script-src '{digest(early)}' '{digest(script)}'; style-src '{digest(css)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    # our own files, no data in them; they are hashed as they stand
    return {
        "policy": Markup(policy),
        "style": Markup(css),
        "early": Markup(early),
        "script": Markup(script),
    }
