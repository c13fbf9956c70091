"""Every key of a treaty tells its own field and no other."""

from __future__ import annotations

from kg.claims.model import Named
from kg.shapes.claim import claim_json
from kg.shapes.text import Json
from kg.shapes.treaty import treaty_json
from kg.treaties.model import Act, Article, CasusFoederis, Obligation, PartyStatus, Position, Treaty
from tests.shapes.made import STANCES, claim, thing, told


def act(name: str, *, modality: Named | None = None) -> Act:
    doers = (thing(f"{name}-doer"),)
    return Act(
        f"iri:{name}",
        thing(f"{name}-type"),
        thing(f"{name}-party"),
        doers,
        "2024-06",
        (claim(name),),
        modality,
    )


def act_told(name: str, *, modality: Json = None) -> dict[str, Json]:
    return {
        "act": told(f"{name}-type"),
        "party": told(f"{name}-party"),
        "date": "2024-06",
        "iri": f"iri:{name}",
        "modality": modality,
        "performed_by": [told(f"{name}-doer")],
        "claims": [claim_json(claim(name))],
    }


OBLIGATION = Obligation(
    iri="iri:obligation",
    type=thing("type"),
    obligors=(thing("obligor"),),
    obligees=(thing("obligee"),),
    triggers=(thing("trigger"),),
    at_request=True,
    action="send help",
    promptness=thing("promptness"),
    limits=(thing("limit"),),
    claims=(claim("obliging"),),
)
KINDS = ("claimed", "rejected", "declined", "not_denied", "justification_rejected")


def position(number: int, kind: str) -> Position:
    return Position(thing(f"{kind}-party"), f"{kind}-position", STANCES[number], claim(kind))


def position_told(number: int, kind: str) -> list[Json]:
    name = STANCES[number].iri.removeprefix("iri:")
    return [
        {
            "party": told(f"{kind}-party"),
            "position": f"{kind}-position",
            "by": told(f"{name}-speaker"),
            "date": f"2024-02-{number + 1:02}",
            "claim": f"iri:{kind}",
            "text": f"what {kind} says",
            "source": told(f"{name}-source"),
            "paragraph": (number + 1) * 100,
        }
    ]


def casus() -> CasusFoederis:
    made = {kind: (position(number, kind),) for number, kind in enumerate(KINDS)}
    return CasusFoederis(
        obligation=thing("due"),
        type=thing("due-type"),
        obligors=(thing("due-obligor"),),
        obligees=(thing("due-obligee"),),
        triggers=(thing("due-trigger"),),
        claims=(claim("due-claim"),),
        claimed_by=made["claimed"],
        rejected_by=made["rejected"],
        declined_by=made["declined"],
        not_denied_by=made["not_denied"],
        justification_rejected_by=made["justification_rejected"],
        under_treaty=(position(0, "under"),),
    )


EXPECTED: dict[str, Json] = {
    "iri": "iri:treaty",
    "label": "the treaty",
    "parties": [told("one"), told("two")],
    "lifecycle": [act_told("signed", modality=told("planned"))],
    "status": "in force",
    "status_on": "2025-01-01",
    "status_by_party": [
        {
            "party": told("ratifier"),
            "status": "ratified",
            "since": "2024-11",
            "acts": [act_told("done")],
            "dated_otherwise": [act_told("otherwise")],
        }
    ],
    "articles": [
        {
            "iri": "iri:article",
            "number": 4,
            "label": "article 4",
            "obligations": [
                {
                    "iri": "iri:obligation",
                    "type": told("type"),
                    "obligor": [told("obligor")],
                    "obligee": [told("obligee")],
                    "trigger": [told("trigger")],
                    "at_request": True,
                    "action": "send help",
                    "promptness": told("promptness"),
                    "limits": [told("limit")],
                    "claims": [claim_json(claim("obliging"))],
                }
            ],
            "claims": [claim_json(claim("worded"))],
        }
    ],
    "invocations": [claim_json(claim("invoking"))],
    "casus_foederis": [
        {
            "obligation": told("due"),
            "type": told("due-type"),
            "obligor": [told("due-obligor")],
            "obligee": [told("due-obligee")],
            "trigger": [told("due-trigger")],
            "claims": [claim_json(claim("due-claim"))],
            **{f"{kind}_by": position_told(number, kind) for number, kind in enumerate(KINDS)},
            "under_treaty": position_told(0, "under"),
        }
    ],
    "replaces": [told("older")],
}


def test_a_treaty() -> None:
    status = PartyStatus(thing("ratifier"), "ratified", "2024-11", (act("done"),), (act("otherwise"),))
    treaty = Treaty(
        iri="iri:treaty",
        label="the treaty",
        parties=(thing("one"), thing("two")),
        lifecycle=(act("signed", modality=thing("planned")),),
        status="in force",
        status_on="2025-01-01",
        status_by_party=(status,),
        articles=(Article("iri:article", 4, "article 4", (OBLIGATION,), (claim("worded"),)),),
        invocations=(claim("invoking"),),
        casus_foederis=(casus(),),
        replaces=(thing("older"),),
    )
    assert treaty_json(treaty) == EXPECTED
