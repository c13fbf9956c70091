"""What a generation says of itself: by whom it was written, from what, and how large each of its files is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kg.errors import StoreError
from kg.store.embedded import damaged

NAME = "manifest.json"
#: The layout of a generation; another number is another layout.
FORMAT = 4
#: The kind that a plain dataset gives itself, which is a folder of generations too, but no store of claims.
PLAIN = "plain"
# Oxigraph opens a store with a truncated MANIFEST as an empty one, without a word; so sizes are compared.
_COMPARED = (".sst", "CURRENT", "MANIFEST-")


class Manifest(NamedTuple):
    """The head of a generation; ``input`` is the hash of what it was made from."""

    format: int
    foedus: str
    engine: str
    input: str
    quads: int
    claims: int
    sizes: Mapping[str, int]


def write(generation: Path, manifest: Manifest) -> None:
    """Write it into its generation; the last file to be written."""
    text = json.dumps(manifest._asdict(), indent=1, sort_keys=True)
    (generation / NAME).write_text(text + "\n", encoding="utf-8")


def read(generation: Path) -> Manifest:
    """Read it and compare it with what lies beside it.

    :raises StoreError: store-damaged, when a file has gone or has another size; store-version, when another
        version of ours wrote it in another layout; store-kind, for a plain dataset.
    :raises FileNotFoundError: when there is no such generation.
    """
    text = (generation / NAME).read_text(encoding="utf-8")
    try:
        found = json.loads(text)
        if found.get("kind") == PLAIN:
            raise StoreError(
                f"'{generation.parent}' is a plain dataset and not a store of claims",
                mend="serve it with 'kg serve --plain', or give another folder",
                rule="store-kind",
            )
        if found["format"] != FORMAT:
            raise StoreError(
                f"the store '{generation.parent}' was written by Foedus {found['foedus']} in another layout",
                mend="delete the folder and load its dossiers again",
                rule="store-version",
            )
        manifest = Manifest(**found)
    except (ValueError, KeyError, TypeError, AttributeError) as cause:
        raise damaged(generation.parent, f"its {NAME} cannot be read") from cause
    for name, size in sizes(generation).items():
        if manifest.sizes.get(name) != size:
            raise damaged(generation.parent, f"'{name}' is not as it was written")
    if missing := sorted(manifest.sizes.keys() - sizes(generation).keys()):
        raise damaged(generation.parent, f"'{missing[0]}' has gone")
    return manifest


def sizes(generation: Path, *, apart_from: str = NAME) -> dict[str, int]:
    """The sizes in bytes of the files that must not change, by path within the generation."""
    found = {
        file.name: file.stat().st_size
        for file in generation.iterdir()
        if file.is_file() and file.name != apart_from
    }
    for folder in ("store", "common"):
        for file in (generation / folder).glob("*"):
            if file.name.endswith(_COMPARED[0]) or file.name.startswith(_COMPARED[1:]):
                found[f"{folder}/{file.name}"] = file.stat().st_size
    return dict(sorted(found.items()))
