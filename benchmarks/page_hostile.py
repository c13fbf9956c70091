"""Texts that try to run something: the ways into a page of stock pyvis, and the same texts in every field of ours."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from page_browser import Chromium, Opened
from page_graphs import kg
from playwright.sync_api import Error
from pyvis.network import Network

from kg.rdf.vocabulary import PREFIXES

#: Each in its own case; %s is the name by which it reports. The first words are the way by which it comes.
PAYLOADS = {
    "script": "</script><script>pwned('%s')</script>",
    "image": "<img src=x onerror=pwned('%s')>",
    "attribute": "\"><img src=x onerror=pwned('%s')>",
    "menu": "</option></select><img src=x onerror=pwned('%s')>",
    "href": "<a href='#'>x</a><img src=x onerror=pwned('%s')>",
    "style": "red;}</style><script>pwned('%s')</script>",
    "dot": "\\\"; pwned('%s'); //",
    "handler": "' onmouseover='pwned(\"%s\")' x='",
    "svg": "<svg onload=pwned('%s')>",
    "frame": "</title><iframe srcdoc=\"<script>parent.pwned('%s')</script>\">",
    "comment": "<!--<script>pwned('%s')",
    "template": "{{ 7 * 7 }}{%% raw %%}${pwned('%s')}",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many cases were tried, which ran, what was asked of the network, what the console complained of."""

    tried: int
    ran: list[str]
    requests: list[str]
    complaints: list[str] = field(default_factory=list)


def stock(browser: Chromium, folder: Path) -> Outcome:
    """Each way into a page of stock pyvis, in a page of its own."""
    ways, ran = _ways(folder), list[str]()
    requests, complaints = set[str](), set[str]()
    for name, payload, page in ways:
        file = folder / "hostile-stock.html"
        try:
            text = page(PAYLOADS[payload] % name.replace(",", "").replace(" ", "-"))
        except Exception as fault:  # a peer may refuse in any way: then nothing runs
            complaints.add(f"{name}: {type(fault).__name__}")
            continue
        file.write_text(text, encoding="utf-8")
        with browser.open(file) as seen:
            _hover(seen)
            if seen.page.evaluate("window.__bench.hits.length") or seen.dialogs:
                ran.append(name)
            requests.update(seen.requests)
            complaints.update(seen.complaints)
    return Outcome(len(ways), ran, sorted(requests), sorted(complaints))


_Page = Callable[[str], str]


def _ways(folder: Path) -> list[tuple[str, str, _Page]]:
    """Where a text can go, which payload suits it, and the page."""
    svg = quote("<svg xmlns='http://www.w3.org/2000/svg' onload=\"parent.pwned('picture')\"/>")
    inside, outside = f"data:image/svg+xml,{svg}", "https://tracker.example/x"
    return [
        *((name, payload, _with(name)) for name, payload in OPTIONS),
        ("title with a link", "href", _node(lambda text: {"title": text})),
        ("label", "script", _node(lambda text: {"label": text})),
        ("group", "script", _node(lambda text: {"group": text})),
        ("any attribute", "attribute", _node(lambda text: {"note": text})),
        ("title without a link", "image", _node(lambda text: {"title": text})),
        ("font of several", "image", _node(lambda text: {"label": text, "font": {"multi": "html"}})),
        ("picture in the file", "svg", _node(lambda text: {"shape": "image", "image": inside})),
        ("picture elsewhere", "svg", _node(lambda text: {"shape": "image", "image": outside})),
        ("title of an edge", "image", _edge("title")),
        ("label of an edge", "script", _edge("label")),
        ("id in the menu", "menu", _menu("select_menu")),
        ("id in the menu, attribute", "attribute", _menu("select_menu")),
        ("value in the filter", "script", _menu("filter_menu")),
        ("options", "script", _options),
        ("label in DOT", "script", _dot(folder)),
        ("label in DOT, end of string", "dot", _dot(folder)),
    ]


OPTIONS = (("heading", "image"), ("height", "style"), ("width", "style"), ("bgcolor", "style"))


def _plain(**options: str | bool) -> Network:
    network = Network(cdn_resources="in_line", **options)
    network.add_node("a", label="a", title="plain")
    return network


def _with(option: str) -> _Page:
    return lambda payload: str(_plain(**{option: payload}).generate_html())


def _node(told: Callable[[str], dict[str, object]]) -> _Page:
    def page(payload: str) -> str:
        network = _plain()
        network.add_node("b", **({"label": "b"} | told(payload)))
        return str(network.generate_html())

    return page


def _edge(name: str) -> _Page:
    def page(payload: str) -> str:
        network = _plain()
        network.add_edge("a", "a", **{name: payload})
        return str(network.generate_html())

    return page


def _menu(kind: str) -> _Page:
    def page(payload: str) -> str:
        network = _plain(**{kind: True})
        network.add_node(payload, label="b", group=payload)
        return str(network.generate_html())

    return page


def _options(payload: str) -> str:
    network = _plain()
    network.set_options(json.dumps({"groups": {payload: {"size": 9}}}))
    return str(network.generate_html())


def _dot(folder: Path) -> _Page:
    def page(payload: str) -> str:
        source = folder / "hostile.dot"
        source.write_text(f'graph {{ a [label="{payload}"] }}', encoding="utf-8")
        network = Network(cdn_resources="in_line")
        network.from_DOT(str(source))
        return str(network.generate_html())

    return page


def _hover(seen: Opened) -> None:
    """Let it draw, then hold the mouse over each node until its title appears."""
    seen.wait("typeof network !== 'undefined'", 2)
    seen.page.wait_for_timeout(600)
    with contextlib.suppress(Error):  # a page that its own payload broke has no network
        places = seen.page.evaluate(
            "Object.entries(network.getPositions()).map(([, place]) => network.canvasToDOM(place))"
        )
        box = seen.page.locator("canvas").first.bounding_box() or {"x": 0, "y": 0}
        for place in places[:2]:
            seen.page.mouse.move(box["x"] + place["x"] - 2, box["y"] + place["y"] - 2)
            seen.page.mouse.move(box["x"] + place["x"], box["y"] + place["y"])
            seen.page.wait_for_timeout(450)


def ours(browser: Chromium, folder: Path, extra: Callable[[dict[str, str]], Path | None]) -> Outcome:
    """Each payload in every field of ours: label, alias, quotation, note, source, date, IRI ...; all is opened.

    ``extra`` writes one more page of such texts, by name, if there is another kind.
    """
    (folder / "hostile.trig").write_text(_dossier(), encoding="utf-8")
    store = folder / "hostile.kg"
    kg("load", str(folder / "hostile.trig"), "--store", str(store))
    ran: set[str] = set()
    requests: set[str] = set()
    complaints: set[str] = set()
    for words in (["--lang", "fr"], ["--lang", "en"], ["--lite"]):
        file = folder / "hostile.html"
        kg("view", "--store", str(store), "--limit", "400", "-o", str(file), *words)
        with browser.open(file) as seen:
            seen.ready(30)
            if "--lite" not in words:
                _open_all(seen, file)
            _gather(seen, ran, requests, complaints)
    if page := extra({name: text % f"crowd-{name}" for name, text in PAYLOADS.items()}):
        with browser.open(page) as seen:
            seen.ready(30)
            _gather(seen, ran, requests, complaints)
    return Outcome(2 * len(PAYLOADS), sorted(ran), sorted(requests), sorted(complaints))


def _gather(seen: Opened, ran: set[str], requests: set[str], complaints: set[str]) -> None:
    seen.page.wait_for_timeout(200)
    ran.update(seen.page.evaluate("window.__bench.hits"))
    ran.update(seen.dialogs)
    requests.update(seen.requests)
    complaints.update(seen.complaints)


def _open_all(seen: Opened, file: Path) -> None:
    """Every thing, line, claim and view by its address; a search; every party; the picture as SVG, opened."""
    page = seen.page
    found = re.search(r'<script[^>]* id="data"[^>]*>(.*?)</script>', file.read_text("utf-8"), re.S)
    assert found
    data = json.loads(found[1])["page"]
    things = [thing["i"] for thing in data["things"]]
    hashes = [f"thing={quote(iri)}" for iri in things]
    hashes += [f"claim={quote(claim['i'])}" for claim in data["claims"]]
    hashes += [f"line={quote(things[line['a']] + ' ' + things[line['b']])}" for line in data["lines"]]
    hashes += ["view=positions", "view=positions&sort=issue", ""]
    hashes += [f"according-to={quote(things[party])}" for party in data["parties"]]
    for hash in hashes:
        page.evaluate("(hash) => { location.hash = hash; }", hash)
        page.wait_for_timeout(5)
    page.fill("#search", "pwned")
    page.wait_for_timeout(100)
    with page.expect_download() as download:
        page.click("#take-svg")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.goto(Path(download.value.path()).rename(file.with_suffix(".svg")).as_uri())


def _texts() -> Iterator[tuple[str, str]]:
    """The name of each case and its text, as a TriG literal without a language."""
    for way in ("field", "plain"):
        for name, payload in PAYLOADS.items():
            text = payload % f"{way}-{name}"
            yield f"{way}-{name}", '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _dossier() -> str:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return head + "".join(_case(name, text, number) for number, (name, text) in enumerate(_texts()))


def _case(name: str, text: str, number: int) -> str:
    """Actors, an event with its place, a claim with a quotation and a passage, relayed and denied."""
    iri = f"<javascript:pwned('iri-{name}')>"
    link = f"javascript:pwned('url-{name}')" if number % 2 else f"data:text/html,{quote(name)}"
    day = f"2024-{number % 12 + 1:02}"
    named = f"rdfs:label {text}@en , {text}@fr ; skos:altLabel {text}@ru"
    return f"""GRAPH graph:reference {{
      {iri} a kg:State ; {named} . id:b{number} a kg:GovernmentBody ; {named} ; kg:subordinateTo {iri} .
      id:p{number} a kg:Person ; {named} . id:m{number} a kg:MediaOrganization ; {named} .
      id:e{number} rdfs:label {text}@en . id:i{number} a kg:Issue ; {named} .
      id:l{number} rdfs:label {text}@en .
    }}
    GRAPH claim:c{number} {{
      id:e{number} a kg:Deployment ; kg:sendingState {iri} ; kg:purpose {text}@en ; kg:place id:l{number} ;
        kg:description {text}@en . id:l{number} a kg:Place .
    }}
    GRAPH graph:record {{
      claim:c{number} a kg:Claim ; rdfs:label {text}@en ; kg:claimant id:p{number} ;
        kg:onBehalfOf {iri} ; kg:statedIn statement:s{number} ; kg:epistemicStatus code:true-certain ;
        kg:supportedBy evidence:e{number} ; kg:quotation {text}@en ;
        kg:addressesIssue id:i{number} .
      statement:s{number} a kg:PublicStatement ; rdfs:label {text}@en ; kg:statedBy id:p{number} ;
        kg:statedOn date:{day} ; kg:dateResolvedFrom {text}@en ; kg:medium code:email .
      statement:r{number} a kg:PublicStatement ; rdfs:label {text}@en ; kg:statedBy id:m{number} ;
        kg:statedOn date:{day} ; kg:relays statement:s{number} .
      evidence:e{number} a kg:Evidence ; kg:inSource source:x{number} ; kg:paragraph 1 ; kg:locator {text} ;
        kg:passageNote {text}@en .
      source:x{number} a kg:SourceDocument ; rdfs:label {text}@en ; dcterms:publisher id:m{number} ;
        kg:url "{link}"^^xsd:anyURI .
      stance:n{number} a kg:Stance ; kg:stanceOn claim:c{number} ; kg:stanceOf id:b{number} ;
        kg:onBehalfOf {iri} ; kg:stanceType code:denies ; kg:statedIn statement:r{number} ;
        kg:supportedBy evidence:e{number} .
    }}
    """
