"""Passages are quoted only of a text that the user has, and only where it is the one on record."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.browser.hostile import PAYLOADS
from tests.checks.conftest import GOOD
from tests.commands.door import kg
from tests.commands.test_verify import DIGITS, OLD
from tests.page.opened import page_data

pytestmark = pytest.mark.browser
#: Each passage is one of these, in the order of the example; one tries to run.
WORDS = ("First words.", f"Second {PAYLOADS[0]}", "Third words,\nin two lines.", f"Fourth {PAYLOADS[1]}")
TEXT = "\n".join(WORDS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("texts")
    trig, at = GOOD.read_text(encoding="utf-8"), 0
    for number, (words, (was, until)) in enumerate(zip(WORDS, OLD, strict=True)):
        old = f'kg:start {was} ; kg:end {until} ;\n    kg:passageSha256 "{number}{DIGITS}"'
        assert old in trig
        sha256 = hashlib.sha256(words.encode()).hexdigest()
        new = f'kg:start {at} ; kg:end {at + len(words)} ;\n    kg:passageSha256 "{sha256}"'
        trig, at = trig.replace(old, new), at + len(words) + 1
    trig = trig.replace(f"9{DIGITS}", hashlib.sha256(TEXT.encode()).hexdigest())
    (folder / "herald.trig").write_text(trig, encoding="utf-8")
    assert kg("load", str(folder / "herald.trig"), "--store", str(folder / "store.kg")).code == 0
    return str(folder / "store.kg")


@pytest.mark.parametrize("given", ["text.txt", "herald=text.txt", "source:herald-2021-04-13=text.txt"])
def test_the_panel_quotes_the_passage(
    given: str, store: str, open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_bytes(TEXT.encode())
    done = kg("view", "--store", store, "--with-text", given, "-o", "page.html")
    assert done.code == 0, done.err
    data = page_data(tmp_path / "page.html")
    assert {passage[5] for passage in data["passages"] if len(passage) > 5} == set(WORDS)
    quoted = set()
    for claim in data["claims"]:
        seen = open_page(tmp_path / "page.html", f"#claim={claim['i']}")
        quoted |= set(seen.page.locator("#panel .words").all_text_contents())
        assert seen.is_quiet(), seen
    assert quoted == set(WORDS)


def test_the_lite_page_quotes_it_in_its_table(
    store: str, open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_bytes(TEXT.encode())
    words = ("view", "--lite", "--store", store)
    assert kg(*words, "--with-text", "text.txt", "-o", "raw.html").code == 0
    seen = open_page(tmp_path / "raw.html")
    quoted = seen.page.locator("tbody blockquote").all_text_contents()
    assert {words for words in WORDS if any(words in text for text in quoted)} == set(WORDS)
    assert seen.is_quiet(), seen
    assert kg(*words, "-o", "raw.html").code == 0
    assert "<blockquote>" not in Path("raw.html").read_text("utf-8")


def test_without_it_no_word_of_a_source_is_in_the_page(store: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert kg("view", "--store", store, "-o", str(file)).code == 0
    assert all(len(passage) == 5 for passage in page_data(file)["passages"])
    assert not any(json.dumps(words)[1:8] in file.read_text("utf-8") for words in WORDS)


@pytest.mark.parametrize(
    ("given", "text", "code", "rule"),
    [
        ("text.txt", f"{TEXT} ", 2, "not-on-record"),
        ("herald=text.txt", f"An advertisement.\n{TEXT}", 2, "not-on-record"),
        ("id:arland=text.txt", TEXT, 2, "not-on-record"),
        ("nobody=text.txt", TEXT, 1, "unknown-name"),
        ("other.txt", TEXT, 3, "no-such-file"),
    ],
)
def test_any_other_text_is_refused(
    given: str, text: str, code: int, rule: str, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_bytes(text.encode())
    done = kg("view", "--store", store, "--with-text", given, "-o", "page.html")
    assert (done.code, done.out) == (code, "")
    assert f"[{rule}]" in done.err
    assert done.err.count("\n") == 1
    assert not Path("page.html").exists()
