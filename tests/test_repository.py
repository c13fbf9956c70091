"""What no file of the repository may hold: machine paths, registry addresses, the text of the article."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT.parent / "shared" / "seed" / "article.fr.txt"
# Words of the article in a row that may occur by chance, or as a public figure's own few words.
LONGEST_RUN = 7
# Official names are nobody's prose: a longer run is allowed only inside one of them.
OFFICIAL_NAMES = ("chef d'état-major général des forces armées de la Fédération de Russie",)

# Spelt in pieces, so that this file does not break its own rule.
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.-])/(?:work|tmp|root|home/\w+|opt)" + "/"),
    "an address of a package registry": re.compile(
        r"https?://[^\s\"'<>]*(?:/simple\b|pythonhosted|py" + r"pi\.|npm" + r"js|artifactory|nexus)", re.I
    ),
    "a registry setting": re.compile(
        r"--(?:extra-)?index" + r"-url|PIP_(?:EXTRA_)?INDEX" + r"_URL|--find" + r"-links"
    ),
}
IN_PRODUCT = {"the shared folder": re.compile(r"(?<!\w)shared" + "/")}
PRODUCT = ("kg/", "ontology/", "data/", "cli.py")


def repository_files() -> list[Path]:
    """Every file that is committed or would be; without git, every file that is not hidden or built."""
    command = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return sorted(path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file())
    skipped = re.compile(r"(^|/)(\.(?!ci/|gitignore)|build/|dist/|__pycache__/|store\.kg/)")
    walked = (path for path in ROOT.rglob("*") if path.is_file())
    return sorted(path for path in walked if not skipped.search(path.relative_to(ROOT).as_posix()))


def texts() -> Iterator[tuple[str, str]]:
    for path in repository_files():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # pictures, and the tests' own files in a wrong encoding


def breaches(file: str, text: str) -> list[str]:
    """What this text holds that no file, or no file of the product, may hold."""
    rules = {**FORBIDDEN, **(IN_PRODUCT if file.startswith(PRODUCT) else {})}
    return [f"{file}: {name}: {hit[0]!r}" for name, rule in rules.items() if (hit := rule.search(text))]


def words(text: str) -> list[str]:
    """The words as a reader sees them: escapes undone, marks and case dropped."""
    shown = re.sub(r"\\u([0-9a-fA-F]{4})", lambda hit: chr(int(hit[1], 16)), text)
    return re.findall(r"\w+", shown.lower())


def runs(text: str, length: int) -> dict[tuple[str, ...], None]:
    """Every run of so many words, in order."""
    found = words(text)
    return dict.fromkeys(tuple(found[n : n + length]) for n in range(len(found) - length + 1))


def test_no_file_holds_what_it_must_not() -> None:
    files = dict(texts())
    assert len(files) >= 100
    found = [line for file, text in files.items() for line in breaches(file, text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("docs/index.md", "see /wo" + "rk/main"),
        (".ci/run", "cd /tm" + "p/x"),
        ("README.md", "https://mirror.example/sim" + "ple/"),
        ("README.md", "https://py" + "pi.org/project/x"),
        (".ci/run", "pip install --index" + "-url x"),
        ("kg/paths.py", "'../sha" + "red/seed'"),
        ("data/README.md", "sha" + "red/seed/article"),
    ],
)
def test_the_rule_bites(file: str, text: str) -> None:
    assert breaches(file, text)


def test_the_tests_may_name_the_shared_folder() -> None:
    assert not breaches(
        "tests/test_repository.py", "../sha" + "red/seed, kg/workshop/tmp/x, https://example.org/"
    )


def test_no_sentence_of_the_article_is_copied() -> None:
    if not ARTICLE.exists():
        pytest.skip("the article is not at hand")
    article = runs(ARTICLE.read_text("utf-8"), LONGEST_RUN + 1)
    assert len(article) >= 900
    allowed = {run for name in OFFICIAL_NAMES for run in runs(name, LONGEST_RUN + 1)}
    found = [
        f"{file}: {' '.join(run)!r}"
        for file, text in texts()
        for run in runs(text, LONGEST_RUN + 1)
        if run in article and run not in allowed
    ]
    assert not found, "\n".join(found)


def test_a_copied_sentence_is_seen() -> None:
    sentence = "Zwei Parteien sagen nie dasselbe, \\u00e9t\\u00e9 wie hiver"
    assert runs(f'rdfs:label "{sentence}"@de', 8) & runs(sentence.encode().decode("unicode_escape"), 8).keys()
