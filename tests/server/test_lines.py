"""The three lines that a newcomer types, as the documentation has them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.doc_samples import ROOT, Block, blocks


def three_lines(page: str) -> list[Block]:
    return [block for block in blocks(ROOT / page) if block.text.startswith("kg serve &")]


def test_the_documentation_has_them() -> None:
    assert len(three_lines("docs/serving.md")) == 1


@pytest.mark.parametrize(
    "block",
    [block for page in ("docs/serving.md", "README.md") for block in three_lines(page)],
    ids=lambda block: block.page,
)
def test_the_three_lines_of_a_newcomer(block: Block, tmp_path: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("there is no curl here")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    start, ask, look = (line.partition(" #")[0].strip() for line in block.text.splitlines())
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    words = [*start.removesuffix("&").split(), "--port", port]
    service = subprocess.Popen(
        words, cwd=tmp_path, env={**os.environ, "PATH": path}, stderr=subprocess.PIPE, text=True
    )
    try:
        assert service.stderr
        assert f"serving at http://127.0.0.1:{port}/" in service.stderr.readline()
        done = subprocess.run(
            ["bash", "-c", ask.replace(":8000", f":{port}")], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[0] == "deployment"
        assert len(done.stdout.splitlines()) >= 3
        address = look.split()[-1].replace(":8000", f":{port}")
        with urllib.request.urlopen(address, timeout=30) as page:
            assert page.headers.get_content_type() == "text/html"
            assert b"Foedus" in page.read()
    finally:
        service.send_signal(signal.SIGINT)
        service.wait(20)
        if service.stderr:
            service.stderr.close()
