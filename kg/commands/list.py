"""kg list: what there is of a kind - parties, sources, claims, people, questions, formats and more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from kg.claims.standing import claimants_party, party_of
from kg.commands import options, output
from kg.commands.claim_cells import CLAIM_COLUMNS, LINE_COLUMNS, claim_cells, claim_line
from kg.commands.options import Reading
from kg.commands.tables import Section
from kg.errors import NotFoundError, UsageError
from kg.rdf.queries import iri, named_query
from kg.rdf.rows import rows
from kg.rdf.terms import curie
from kg.rdf.vocabulary import DATE, KG
from kg.shapes.claim import claim_json

if TYPE_CHECKING:
    from kg.perspective.view import Perspective

#: Kinds that are a class of the ontology, with everything below it.
CLASSES = {
    "actors": "Actor",
    "people": "Person",
    "states": "State",
    "organizations": "Organization",
    "groups": "InformalGroup",
    "offices": "Office",
    "places": "Place",
    "treaties": "Treaty",
    "articles": "TreatyArticle",
    "obligations": "Obligation",
    "events": "Event",
    "estimates": "Estimate",
    "issues": "Issue",
}


@click.command(cls=options.ReadingVerb)
@click.argument("kind")
@click.option("--all", "everything", is_flag=True, help="Also the states and places that no claim speaks of.")
@options.reading(limit_help="The most rows to give.")
def command(kind: str, everything: bool, reading: Reading) -> None:
    """List what there is of KIND.

    KIND is parties, claims, statements, sources, graphs, dossiers, questions or formats; or actors, people,
    states, organizations, groups, offices, places, treaties, articles, obligations, events, estimates or
    issues. Every store knows all states and their capitals by name; they are listed when a claim or the
    record speaks of them, or with --all. Exit code 1 when there is none in the perspective.

    \b
    kg list parties
    kg list states --all
    kg list sources --format csv
    kg list events --according-to "North Korea"
    """
    if kind in _WITHOUT_STORE:
        answer = _WITHOUT_STORE[kind]()
    elif kind in _KINDS or kind in CLASSES:
        with options.open_view(reading) as (_, view):
            answer = _KINDS[kind](view) if kind in _KINDS else _things(view, CLASSES[kind], everything)
    else:
        raise UsageError(f"there is no kind {kind!r}", mend=_nearest(kind), rule="unknown-kind")
    output.write(answer.first(reading.limit), format=reading.format, file=reading.output)
    if not answer.rows:
        raise NotFoundError(f"there are no {kind} here", mend="ask with fewer options", rule="nothing-found")


def _nearest(kind: str) -> str:
    from difflib import get_close_matches

    known = sorted({*_WITHOUT_STORE, *_KINDS, *CLASSES})
    near = get_close_matches(kind, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(known)}"


def _things(view: Perspective, name: str, everything: bool) -> output.Answer:
    from kg.perspective.idle import idle

    types: dict[str, list[str]] = {}
    left_out = frozenset() if everything else idle(view)
    for thing, kind in rows(view.store, named_query("list_things", **{"class": [iri(KG + name)]})):
        if thing not in left_out:
            types.setdefault(thing, []).append(kind)
    labels = view.labels([*types, *{kind for kinds in types.values() for kind in kinds}])
    found = sorted(types, key=lambda thing: (labels[thing], thing))
    table = [(labels[t], ", ".join(labels[kind] for kind in types[t]), curie(t)) for t in found]
    data: list[output.Json] = [{"iri": t, "label": labels[t], "types": types[t]} for t in found]
    return output.Answer(data, ("name", "type", "id"), table)


def _parties(view: Perspective) -> output.Answer:
    counts: dict[tuple[str, str], list[int]] = {}
    for claim in view.claims():
        own = claimants_party(claim)
        counts.setdefault((own.label, own.iri), [0, 0])[0] += 1
        for stance in claim.stances:
            party = party_of(stance)
            if party != own:
                counts.setdefault((party.label, party.iri), [0, 0])[1] += 1
    found = sorted(counts.items(), key=lambda item: (-item[1][0], item[0]))
    table = [(label, str(own), str(others), curie(party)) for (label, party), (own, others) in found]
    data: list[output.Json] = [
        {"iri": party, "label": label, "claims": own, "stances_on_others": others}
        for (label, party), (own, others) in found
    ]
    return output.Answer(data, ("party", "claims", "stances on others", "id"), table)


def _claims(view: Perspective) -> output.Answer:
    found = view.claims()
    data: list[output.Json] = [claim_json(claim) for claim in found]
    table = Section("", LINE_COLUMNS, [claim_line(claim) for claim in found])
    return output.Answer(data, CLAIM_COLUMNS, [claim_cells(claim) for claim in found], (table,))


def _sources(view: Perspective) -> output.Answer:
    found = rows(view.store, named_query("list_sources"))
    labels = view.labels({name for row in found for name in (row[0], row[2]) if name})
    found.sort(key=lambda row: (row[1], row[0]))
    table = [
        (
            published.removeprefix(DATE),
            labels[source],
            labels.get(publisher, ""),
            language,
            url,
            curie(source),
        )
        for source, published, publisher, language, url in found
    ]
    data: list[output.Json] = [
        {
            "iri": source,
            "label": labels[source],
            "published_on": published.removeprefix(DATE) or None,
            "publisher": {"iri": publisher, "label": labels[publisher]} if publisher else None,
            "language": language or None,
            "url": url or None,
        }
        for source, published, publisher, language, url in found
    ]
    return output.Answer(data, ("date", "source", "publisher", "language", "url", "id"), table)


def _statements(view: Perspective) -> output.Answer:
    found = rows(view.store, named_query("list_statements"))
    labels = view.labels({name for row in found for name in (row[0], *row[2:]) if name})
    found.sort(key=lambda row: (row[1], row[0]))
    table = [
        (
            stated.removeprefix(DATE),
            labels[statement],
            labels.get(by, ""),
            labels.get(medium, ""),
            curie(statement),
        )
        for statement, stated, by, medium in found
    ]
    data: list[output.Json] = [
        {
            "iri": statement,
            "label": labels[statement],
            "stated_on": stated.removeprefix(DATE) or None,
            "stated_by": {"iri": by, "label": labels[by]} if by else None,
            "medium": {"iri": medium, "label": labels[medium]} if medium else None,
        }
        for statement, stated, by, medium in found
    ]
    return output.Answer(data, ("date", "statement", "by", "medium", "id"), table)


def _graphs(view: Perspective) -> output.Answer:
    found = rows(view.store, named_query("list_graphs"))
    labels = view.labels([graph for graph, _ in found])
    table = [(curie(graph), count, labels[graph]) for graph, count in found]
    data: list[output.Json] = [
        {"iri": graph, "label": labels[graph], "triples": int(count)} for graph, count in found
    ]
    return output.Answer(data, ("graph", "triples", "label"), table)


def _dossiers() -> output.Answer:
    from kg.paths import dossiers_folder

    folders = sorted(folder for folder in dossiers_folder().iterdir() if folder.is_dir())
    table = [(folder.name, str(len(list(folder.rglob("*.trig")))), str(folder)) for folder in folders]
    data: list[output.Json] = [
        {"name": name, "files": int(files), "folder": folder} for name, files, folder in table
    ]
    return output.Answer(data, ("dossier", "files", "folder"), table)


def _questions() -> output.Answer:
    from kg.paths import ontology_folder

    files = sorted((ontology_folder() / "questions").glob("*.rq"))
    table = []
    for file in files:
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        number, _, name = file.stem.partition("-")
        table.append((number, first.lstrip("# "), name))
    data: list[output.Json] = [{"number": n, "question": text, "name": name} for n, text, name in table]
    return output.Answer(data, ("number", "question", "name"), table)


def _formats() -> output.Answer:
    from kg.commands import query
    from kg.exporters.formats import FORMATS

    table = [("rows of every verb", name, "") for name in output.ROW_FORMATS]
    table += [("query", name, "") for name in query.FORMATS]
    table += [("export", name, f"{what} ({' '.join(ends)})") for name, (what, ends) in FORMATS.items()]
    data: list[output.Json] = [{"of": of, "format": name, "what": what or None} for of, name, what in table]
    return output.Answer(data, ("of", "format", "what"), table)


_KINDS: dict[str, Callable[[Perspective], output.Answer]] = {
    "parties": _parties,
    "claims": _claims,
    "statements": _statements,
    "sources": _sources,
    "graphs": _graphs,
}
_WITHOUT_STORE: dict[str, Callable[[], output.Answer]] = {
    "dossiers": _dossiers,
    "questions": _questions,
    "formats": _formats,
}
