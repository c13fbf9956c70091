"""The built package works in a bare environment, outside of the clone: ontology and data travel in the wheel.

Building needs the package registry. Where pip cannot reach it the tests skip and say so; in CI they fail.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
IN_CI = os.environ.get("CI", "") not in {"", "0", "false"}
TIME_LIMIT_S = 300
UNREACHABLE = (
    "Temporary failure in name resolution",
    "NewConnectionError",
    "No matching distribution",
    "timed out",
)

pytestmark = pytest.mark.registry


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program as a new user would: no guard of the tests, no clone on the path, an empty cache."""
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    env["KG_CACHE"] = str(cwd / "kg-cache")
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=TIME_LIMIT_S,
    )


def pip(python: str | Path, *words: str | Path, cwd: Path) -> None:
    """Run pip; skip when it cannot reach the registry on a user's machine, fail in CI and for all else."""
    done = run(python, "-m", "pip", "--no-input", "--disable-pip-version-check", *words, cwd=cwd)
    if done.returncode:
        if not IN_CI and any(sign in done.stderr for sign in UNREACHABLE):
            pytest.skip("pip cannot reach the package registry: " + done.stderr.strip().splitlines()[-1])
        pytest.fail(done.stdout + done.stderr)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", ROOT, "--no-deps", "--quiet", "--wheel-dir", folder, cwd=folder)
    (built,) = folder.glob("foedus-*.whl")
    return built


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment that holds the wheel and what it asks for, and no more."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder / "env", with_pip=True)
    programs = folder / "env" / "bin"
    pip(programs / "python", "install", "--quiet", wheel, cwd=folder)
    return programs


def shipped_files() -> set[str]:
    """What git knows below ontology/ and data/, as it must lie in the wheel."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "ontology", "data"], capture_output=True, text=True, check=False
    )
    if listed.returncode:
        walked = [
            path for name in ("ontology", "data") for path in (ROOT / name).rglob("*") if path.is_file()
        ]
        return {"kg/shipped/" + path.relative_to(ROOT).as_posix() for path in walked}
    return {"kg/shipped/" + line for line in listed.stdout.splitlines()}


def test_ontology_and_data_travel_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = shipped_files()
    assert len(shipped) >= 60
    assert sum(name.endswith(".trig") for name in shipped) >= 10
    assert not shipped - names
    queries = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kg").rglob("*.rq")}
    assert len(queries) >= 3
    assert not queries - names
    assert "kg/py.typed" in names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"kg", f"foedus-{PYPROJECT['project']['version']}.dist-info"}


def test_the_wheel_carries_both_licences(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    info = f"foedus-{PYPROJECT['project']['version']}.dist-info"
    licences = {Path(name).name for name in archive.namelist() if name.startswith(f"{info}/licenses/")}
    assert licences == {"LICENSE", "LICENSE-DATA"}
    metadata = archive.read(f"{info}/METADATA").decode("utf-8")
    assert "License-Expression: MIT AND CC-BY-4.0" in metadata


def test_the_installed_program_answers_outside_of_the_clone(bare: Path, tmp_path: Path) -> None:
    done = run(bare / "kg", "show", "Kim Jong Un", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Kim Jong Un" in done.stdout
    assert "euronews" in done.stdout.lower()


def test_the_installed_program_writes_the_page(bare: Path, tmp_path: Path) -> None:
    done = run(bare / "kg", "view", "-o", "kursk.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "kursk.html").stat().st_size > 100_000


def test_the_environment_is_bare_and_the_package_lies_in_it(bare: Path, tmp_path: Path) -> None:
    code = "import kg, importlib.util as u; print(kg.__file__); print(u.find_spec('pytest'))"
    done = run(bare / "python", "-c", code, cwd=tmp_path)
    file, pytest_found = done.stdout.split()
    assert Path(file).is_relative_to(bare.parent)
    assert pytest_found == "None"


def test_the_source_archive_can_be_built_from(tmp_path: Path) -> None:
    code = "import hatchling.build as b; print(b.build_sdist('out'))"
    env = tmp_path / "env"
    venv.create(env, with_pip=True)
    pip(env / "bin" / "python", "install", "--quiet", *PYPROJECT["build-system"]["requires"], cwd=tmp_path)
    done = run(env / "bin" / "python", "-c", code.replace("'out'", repr(str(tmp_path))), cwd=ROOT)
    assert done.returncode == 0, done.stderr
    (archive,) = tmp_path.glob("foedus-*.tar.gz")
    with tarfile.open(archive) as packed:
        names = {name.split("/", 1)[1] for name in packed.getnames() if "/" in name}
    assert {"pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA", "ontology/kg.ttl"} <= names
