"""Values in which no two fields are alike, so that none can be told for another."""

from __future__ import annotations

from kg.claims.model import Claim, Evidence, Extent, Named, Stance, Statement


def thing(name: str) -> Named:
    """A thing, and the label by which it is told."""
    return Named(f"iri:{name}", f"the {name}")


def told(name: str) -> dict[str, str]:
    """The same as JSON."""
    return {"iri": f"iri:{name}", "label": f"the {name}"}


def day(lexical: str) -> Extent:
    """One day, or any of the first 28 of a month."""
    if len(lexical) > len("2023-03"):
        return Extent(lexical, "day", lexical, lexical)
    return Extent(lexical, "month", f"{lexical}-01", f"{lexical}-28")


def evidence(name: str, number: int) -> Evidence:
    """A passage, whose figures follow from its number."""
    return Evidence(
        iri=f"iri:{name}-evidence",
        source=thing(f"{name}-source"),
        url=f"https://{name}.example/",
        paragraph=number,
        start=number + 1,
        end=number + 2,
        locator=f"{name} page",
        note=f"{name} note",
    )


def statement(name: str, *, stated: Extent | None, published: Extent | None) -> Statement:
    """A public statement in which everything is known."""
    return Statement(
        iri=f"iri:{name}-statement",
        label=f"{name} statement",
        stated_by=thing(f"{name}-speaker"),
        stated_on=stated,
        published_on=published,
        date_resolved_from=f"{name} yesterday",
        medium=thing(f"{name}-medium"),
        addressees=(thing(f"{name}-addressee"),),
        relayed_by=(thing(f"{name}-relay-1"), thing(f"{name}-relay-2")),
    )


def stance(name: str, type: str, number: int, *, on: str = "iri:c") -> Stance:
    """A stance of a party of its own, which became public later than it was said."""
    said = statement(name, stated=day("2024-01-10"), published=day(f"2024-02-{number:02}"))
    passages = (evidence(name, number * 100), evidence(f"{name}-second", number * 100 + 50))
    return Stance(f"iri:{name}", on, type, thing(f"{name}-speaker"), thing(f"{name}-party"), said, passages)


#: The stances of others, one of each kind that a claim tells apart.
STANCES = tuple(
    stance(name, type, number)
    for number, (name, type) in enumerate(
        (
            ("confirmer", "confirms"),
            ("denier", "denies"),
            ("disputer", "disputes"),
            ("evader", "does-not-deny"),
            ("decliner", "declines-to-comment"),
        ),
        1,
    )
)


def claim(name: str = "c") -> Claim:
    """A claim of which all is known."""
    return Claim(
        iri=f"iri:{name}",
        text=f"what {name} says",
        claimant=thing(f"{name}-claimant"),
        on_behalf_of=thing(f"{name}-party"),
        statement=statement(name, stated=day("2023-03"), published=day("2023-04-05")),
        epistemic_status=f"{name} status",
        evidence=(evidence(name, 10), evidence(f"{name}-second", 20)),
        stances=STANCES,
        issues=(thing(f"{name}-issue"),),
        quotation=f"{name} quotation",
        contradicts=(f"iri:{name}-contrary",),
        supersedes=(f"iri:{name}-older",),
    )
