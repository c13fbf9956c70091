"""A dossier in which every text, and some IRIs, try to run something or to ask for something from outside."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from kg.rdf.vocabulary import PREFIXES

PAYLOADS = (
    "</script><script>pwned('script')</script>",
    "<img src=https://evil.example/x.png onerror=pwned('img')>",
    "\"><svg onload=pwned('svg')>",
    "' onmouseover='pwned(1)",
    "<!--<script>pwned('comment')",
    "<a href=\"javascript:pwned('link')\">href</a>",
    "{{ 7 * 7 }}{% raw %}${pwned('template')}",
    "</style><style>@import 'https://evil.example/x.css';",
    "</title><iframe srcdoc='<script>parent.pwned(2)</script>'>",
    "\u2028\u2029\u202e__proto__ constructor",
)
LINKS = (
    "javascript:pwned('url')",
    "data:text/html,<script>pwned(3)</script>".replace("<", "%3C").replace(">", "%3E"),
)
THING = "javascript:pwned('iri')"


class _Texts:
    """One payload after the other, each with a number so that every field can be told."""

    def __init__(self) -> None:
        self._count = count(1)

    def __call__(self) -> str:
        number = next(self._count)
        payload = PAYLOADS[number % len(PAYLOADS)]
        escaped = f"{payload} #{number}".replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'


def write_dossier(folder: Path) -> Path:
    """Write it as a TriG file."""
    text = _Texts()
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    actors = {
        f"<{THING}>": "kg:State",
        "id:b": "kg:State",
        "id:body": "kg:GovernmentBody ; kg:subordinateTo id:b",
        "id:person": "kg:Person",
        "id:voice": "kg:InformalGroup",
        "id:outlet": "kg:MediaOrganization",
        "id:office": "kg:Office ; kg:officeOf id:body",
        "id:issue": "kg:Issue",
    }
    reference = "".join(
        f"{iri} a {kind} ; rdfs:label {text()}@en , {text()}@fr ; skos:altLabel {text()}@ru , {text()}@en .\n"
        for iri, kind in actors.items()
    )
    reference += "".join(
        f"id:{name} rdfs:label {text()}@en .\n" for name in ("event", "treaty", "place", "number", "act")
    )
    facts = (
        f"id:event a kg:Deployment ; kg:sendingState <{THING}> ; kg:hostState id:b ; kg:purpose {text()}@en ; "
        f"kg:description {text()}@en ; kg:place id:place ; kg:underTreaty id:treaty ; kg:estimate id:number . "
        "id:place a kg:Place . id:number a kg:Estimate ; kg:best 5 .",
        f"id:treaty a kg:Treaty ; kg:hasParty <{THING}> , id:b .",
        f"id:act a kg:SpeechAct ; kg:performedBy id:person ; kg:target id:event ; kg:content {text()}@en .",
        "id:tenure a kg:Tenure ; kg:holder id:person ; kg:office id:office .",
    )
    claimants = ("id:voice", f"<{THING}>", "id:person", "id:outlet")
    claims = "".join(f"GRAPH claim:c{number} {{ {fact} }}\n" for number, fact in enumerate(facts))
    record = "".join(_record(number, who, text) for number, who in enumerate(claimants))
    file = folder / "hostile.trig"
    file.write_text(
        f"{head}GRAPH graph:reference {{\n{reference}}}\n{claims}GRAPH graph:record {{\n{record}}}\n",
        encoding="utf-8",
    )
    return file


def _record(number: int, who: str, text: _Texts) -> str:
    """A claim that is denied, said in a statement that is relayed, with a passage and a source."""
    return (
        f"claim:c{number} a kg:Claim ; rdfs:label {text()}@en ; kg:claimant {who} ; "
        f"kg:statedIn statement:s{number} ; kg:epistemicStatus code:true-certain ; "
        f"kg:supportedBy evidence:e{number} ; kg:quotation {text()}@en ; kg:addressesIssue id:issue .\n"
        f"statement:s{number} a kg:PublicStatement ; rdfs:label {text()}@en ; kg:statedBy {who} ; "
        f"kg:statedOn date:2024-0{number + 1} ; kg:dateResolvedFrom {text()}@en ; "
        "kg:medium code:email ; kg:addressee id:b .\n"
        f"statement:r{number} a kg:PublicStatement ; rdfs:label {text()}@en ; kg:statedBy id:outlet ; "
        f"kg:statedOn date:2024-0{number + 1} ; kg:relays statement:s{number} .\n"
        f"evidence:e{number} a kg:Evidence ; kg:inSource source:x{number} ; kg:paragraph 1 ; "
        f"kg:locator {text()} ; kg:passageNote {text()}@en .\n"
        f"source:x{number} a kg:SourceDocument ; rdfs:label {text()}@en ; dcterms:publisher id:outlet ; "
        f'kg:url "{LINKS[number % 2]}"^^xsd:anyURI .\n'
        f"stance:no{number} a kg:Stance ; kg:stanceOn claim:c{number} ; kg:stanceOf id:body ; "
        f"kg:onBehalfOf id:b ; kg:stanceType code:denies ; kg:statedIn statement:r{number} ; "
        f"kg:supportedBy evidence:e{number} .\n"
    )
