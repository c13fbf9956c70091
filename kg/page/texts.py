"""The words of passages, of texts that the user has: only where text and record fit to the byte."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from kg.checks.passages import OK, Passage, verify_passages
from kg.errors import UsageError
from kg.perspective.over_time import OverTime
from kg.rdf.faults import decode, read_bytes
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import rows
from kg.rdf.terms import curie


def passage_texts(known: OverTime, files: Mapping[Path, str]) -> dict[str, str]:
    """For each passage (evidence) of the sources of these files its words.

    ``files``: each with the IRI of its source, or with nothing where its hash tells of which it is the text.

    :raises UsageError: not-on-record, when the file is not the text of the source, or of any.
    :raises DataError: no-such-file, bad-encoding.
    """
    hashes: dict[str, list[str]] = defaultdict(list)
    for source, sha256 in rows(known.record, named_query("source_hashes")):
        hashes[sha256].append(source)
    found: dict[str, str] = {}
    for file, named in files.items():
        data = read_bytes(file)
        sources = hashes.get(hashlib.sha256(data).hexdigest(), [])
        sources = [source for source in sources if named in ("", source)]
        if not sources:
            whose = f"of {curie(named)!r}" if named else "of any source"
            raise UsageError(
                f"{str(file)!r} is not the text {whose} that is on record",
                mend="'kg verify SOURCE FILE' tells what became of its passages",
                rule="not-on-record",
            )
        text = decode(data, str(file))
        for source in sources:
            found |= _of_source(known, source, text)
    return found


def _of_source(known: OverTime, source: str, text: str) -> dict[str, str]:
    passages = [
        Passage(evidence, None, int(start) if start else None, int(end) if end else None, sha256)
        for _, evidence, _, start, end, sha256 in rows(
            known.record, named_query("passages", source=[iri(source)])
        )
    ]
    return {
        verdict.passage.evidence: verdict.text
        for verdict in verify_passages(text, passages)
        if verdict.state == OK
    }
