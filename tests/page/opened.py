"""What a page shows when it is opened, read from its data as the browser reads it."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def page_data(file: Path) -> dict[str, Any]:
    """All that the page holds."""
    data: dict[str, Any] = json.loads(_block(file, "data"))["page"]
    return data


def _block(file: Path, name: str) -> str:
    found = re.search(rf'<script[^>]* id="{name}"[^>]*>(.*?)</script>', file.read_text("utf-8"), re.S)
    assert found
    return found[1]


def shown_first(file: Path) -> str:
    """The claims that are shown, with the relations, lines and things that the page has.

    The page of a network shows all that it holds: its claims, and the columns of its things and edges.
    """
    if ' id="blob"' in file.read_text("utf-8"):
        columns = zlib.decompress(base64.b64decode(_block(file, "blob"))).decode("latin-1")
        return _block(file, "data") + _block(file, "claims") + columns
    data = page_data(file)
    told = {key: data[key] for key in ("lines", "relations", "things")}
    return json.dumps(told | {"claims": [claim for claim in data["claims"] if _is_shown(claim, data)]})


def _is_shown(claim: dict[str, Any], data: dict[str, Any]) -> bool:
    asked, days = data["asked"], data["days"]
    step = len(days) if asked["d"] > "9999" else sum(day <= asked["d"] for day in days) - 1
    parties = asked.get("p", [])
    held = [claim["h"].get(str(party), []) for party in parties] if parties else [claim["h"]["a"]]
    contested = [claim.get("o", [])]
    if parties:
        contested = [steps for spoken_for, steps in claim.get("k", []) if not set(spoken_for) & set(parties)]
    mode = asked.get("m")
    return any(_within(steps, step) for steps in held) and (
        not mode or any(_within(steps, step) for steps in contested) == (mode == "disputed")
    )


def _within(steps: Sequence[int], at: int) -> bool:
    return sum(step <= at for step in steps) % 2 == 1
