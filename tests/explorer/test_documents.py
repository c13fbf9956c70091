"""The documents over HTTP: a strict policy, one address for each perspective, faults told, JSON as of the verbs."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest

import kg
from kg.commands.main import run
from tests.server.door import Server

DOCUMENTS = {
    "graph": "/",
    "around": "/things/id:csp-2024?depth=2",
    "names": "/things?q=Kim",
    "claim": "/things/claim:euronews-p14-1",
    "issue": "/things/id:issue-dprk-casualties",
    "disputes": "/disputes",
    "disputes of a party": "/disputes?according-to=Ukraine&as-of=2025-04-28",
    "query": "/query",
    "question": "/query?question=001",
    "about": "/about",
}


class Links(HTMLParser):
    """What a document refers to, and what in it could run."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.handlers: list[str] = []
        self.titles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("src", "href", "srcset", "action", "data") and tag != "a":
                self.loads.append(value or "")
            elif name.startswith("on") or name == "style":
                self.handlers.append(name)


def parsed(text: str) -> Links:
    found = Links()
    found.feed(text)
    return found


@pytest.mark.parametrize("path", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_runs_and_loads_nothing_but_its_own(served: Server, path: str) -> None:
    got = served.ask(path)
    assert got.status == 200
    assert got.type == "text/html"
    policy = got.headers["content-security-policy"]
    parts = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    assert parts["default-src"] == ["'none'"]
    assert parts["connect-src"] == parts["form-action"] == ["'self'"]
    assert parts["base-uri"] == parts["frame-ancestors"] == ["'none'"]
    for kind in ("script-src", "style-src"):
        assert parts[kind]
        assert all(re.fullmatch(r"'sha256-[\w+/]{43}='", source) for source in parts[kind])
    assert "unsafe" not in policy
    assert "http" not in policy
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"] == "no-referrer"
    found = parsed(got.text)
    assert found.handlers == []
    assert all(address.startswith(("#", "/")) for address in found.loads), found.loads
    assert all(re.match(r"/|#|https?://", link) for link in found.links)


def test_every_link_of_ours_leads_somewhere(served: Server) -> None:
    links: set[str] = set()
    for path in (
        "/disputes?lang=fr&as-of=2025-04-28",
        "/query?according-to=Russia",
        "/about",
        DOCUMENTS["claim"],
    ):
        links |= {link for link in parsed(served.ask(path).text).links if link.startswith("/")}
    assert len(links) > 100
    by_form = {re.sub(r"(?<=[:=])[^&?]*", "", link.partition("#")[0]): link for link in sorted(links)}
    assert len(by_form) >= 10
    for link in by_form.values():
        status = served.ask(link.partition("#")[0]).status
        assert status == 200, (status, link)


def test_what_a_form_leaves_empty_is_not_in_the_address(served: Server) -> None:
    got = served.ask(
        "/disputes?according-to=&according-to=id%3Aukraine&as-of=+2025-04-28+&only=disputed&on=&lang=fr"
    )
    assert got.status == 303
    address = got.headers["location"]
    assert address == "/disputes?according-to=id%3Aukraine&as-of=2025-04-28&lang=fr&disputed=true"
    assert served.ask(address).status == 200


WRONG = [
    ("/things/Nobody%20at%20all", 404, "unknown-name"),
    ("/things/claim:never", 404, "nothing-found"),
    ("/disputes?according-to=Nobody%20at%20all", 400, "unknown-party"),
    ("/disputes?as-of=2025-02-30", 400, "bad-date"),
    ("/disputes?undisputed=true&disputed=true", 400, "opposite-options"),
    ("/disputes?limit=0", 400, "bad-parameter"),
    ("/things/id:csp-2024?depth=99", 400, "bad-parameter"),
    ("/query?question=999", 404, "unknown-question"),
    ("/?colour=red", 400, "bad-parameter"),
]


@pytest.mark.parametrize(("path", "status", "rule"), WRONG)
def test_what_is_wrong_is_told_in_a_document(served: Server, path: str, status: int, rule: str) -> None:
    got = served.ask(path)
    assert (got.status, got.type) == (status, "text/html"), got.text
    assert f"<code>{rule}</code>" in got.text
    assert "Traceback" not in got.text
    assert "content-security-policy" in got.headers


@pytest.mark.parametrize("path", [path for path, _, _ in WRONG])
def test_what_is_wrong_is_told_in_french_in_a_french_document(served: Server, path: str) -> None:
    english = served.ask(path).text
    french = served.ask(f"{path}{'&' if '?' in path else '?'}lang=fr").text
    told = {}
    for lang, text in (("en", english), ("fr", french)):
        lines = re.findall(r'<p class="(?:what|lead)"(?: role="alert")? lang="(..)">(.+)</p>', text)
        assert [found for found, _ in lines] == [lang, lang], text
        told[lang] = [line for _, line in lines]
        assert "'" not in "".join(told["fr"]) if lang == "fr" else True
    assert all(a != b for a, b in zip(told["en"], told["fr"], strict=True))


def test_every_english_sentence_that_has_a_french_one_is_said_somewhere() -> None:
    package = Path(kg.__file__).parent
    code = "".join(file.read_text("utf-8") for file in sorted(package.rglob("*.py")))
    pairs = json.loads((package / "server/explorer/assets/faults_fr.json").read_text("utf-8"))
    assert len(pairs) > 60
    for english, french in pairs:
        longest = max(re.split(r"\{\d\}", english), key=len).strip()
        made = re.sub(r"^the query (?=is|cannot)", "the {noun} ", longest)  # as the code spells them
        made = re.sub(r"^the (?:answer|perspective) takes", "the {what}", made)
        assert longest in code or made in code, english
        assert re.findall(r"\{\d\}", english) == sorted(re.findall(r"\{\d\}", french)), english
        assert not re.search(r"'| [:?!;»]|« ", french), french  # as French is set


def test_a_document_speaks_the_language_of_its_address_or_of_the_browser(served: Server) -> None:
    assert '<html lang="fr">' in served.ask("/disputes?lang=fr").text
    wanted = served.ask("/disputes", headers={"accept-language": "de, fr;q=0.8, en;q=0.5"})
    assert '<html lang="fr">' in wanted.text
    assert "Différends" in wanted.text
    assert '<html lang="en">' in served.ask("/disputes", headers={"accept-language": "de"}).text
    assert '<html lang="en">' in served.ask("/disputes?lang=tlh").text


def test_an_answer_is_remembered_and_known_again(served: Server) -> None:
    first = served.ask("/disputes?as-of=2025-04-27")
    again = served.ask("/disputes?as-of=2025-04-27", headers={"if-none-match": first.headers["etag"]})
    assert again.status == 304
    other = served.ask("/disputes?as-of=2025-04-26", headers={"if-none-match": first.headers["etag"]})
    assert other.status == 200


#: Words of the command line, and the same question as an address.
SAME = [
    (["find", "Шойгу"], "find?q=Шойгу"),
    (
        ["find", "Kim", "--type", "Person", "--lang", "fr", "--limit", "3"],
        "find?q=Kim&type=Person&lang=fr&limit=3",
    ),
    (["show", "Kim Jong Un"], "show?thing=Kim Jong Un"),
    (
        ["show", "csp-2024", "--according-to", "Ukraine", "--lang", "fr"],
        "show?thing=csp-2024&according-to=Ukraine&lang=fr",
    ),
    (["show", "claim:euronews-p14-1"], "show?thing=claim:euronews-p14-1"),
    (
        ["claims", "--according-to", "Russia", "--as-of", "2025-04-26"],
        "claims?according-to=Russia&as-of=2025-04-26",
    ),
    (["claims", "--by", "Ukraine", "--stance", "denies"], "claims?by=Ukraine&stance=denies"),
    (
        ["claims", "Kursk deployment", "--disputed", "--limit", "4"],
        "claims?thing=Kursk deployment&disputed&limit=4",
    ),
    (["disputes"], "disputes"),
    (
        ["disputes", "Kursk Oblast", "--according-to", "Ukraine"],
        "disputes?thing=Kursk Oblast&according-to=Ukraine",
    ),
    (
        ["timeline", "csp-2024", "--from", "2024-10", "--to", "2024-12"],
        "timeline?thing=csp-2024&from=2024-10&to=2024-12",
    ),
    (["treaty", "csp-2024", "--on", "2024-11-10"], "treaty?thing=csp-2024&on=2024-11-10"),
    (["treaty"], "treaty"),
    (["terms"], "terms"),
]


@pytest.mark.parametrize(("words", "address"), SAME, ids=[" ".join(words) for words, _ in SAME])
def test_a_verb_answers_as_on_the_command_line(
    served: Server, capsys: pytest.CaptureFixture[str], words: list[str], address: str
) -> None:
    verb, _, query = address.partition("?")
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    got = served.ask(f"/api/{verb}?{urlencode(pairs)}")
    run([words[0], *words[1:], "--store", ":shipped:", "--format", "json"])
    assert got.status == 200, got.text
    assert got.type == "application/json"
    assert json.loads(got.body)
    assert got.text == capsys.readouterr().out


@pytest.mark.parametrize(
    ("address", "status", "rule"),
    [
        ("show?thing=Nobody+at+all", 404, "unknown-name"),
        ("claims?stance=hums", 400, "unknown-stance"),
        ("claims?by=Kursk+Oblast", 400, "unknown-party"),
        ("timeline?from=yesterday", 400, "bad-date"),
        ("find?q=Kim&colour=red", 400, "bad-parameter"),
        ("find?q=Kim&limit=-1", 400, "bad-parameter"),
    ],
)
def test_a_verb_refuses_with_a_problem(served: Server, address: str, status: int, rule: str) -> None:
    got = served.ask(f"/api/{address}")
    assert (got.status, got.rule) == (status, rule)


def test_the_sheet_of_a_claim_tells_who_confirmed_and_who_denies_it(served: Server) -> None:
    """Of others by their latest stance: North Korea and Russia denied it first, and confirm it now."""
    address = "/things/claim:nis-2024-10-18-deployment"
    now = served.ask(address, headers={"accept": "text/html"}).text
    then = served.ask(f"{address}?as-of=2024-10-31", headers={"accept": "text/html"}).text
    assert re.findall(r"Confirmed by: ([^<]*)<", now) == ["NATO, North Korea, Russia"]
    assert "Denied or disputed by" not in now
    assert re.findall(r"Confirmed by: ([^<]*)<", then) == ["NATO"]
    assert re.findall(r"Denied or disputed by: ([^<]*)<", then) == ["North Korea, Russia"]
