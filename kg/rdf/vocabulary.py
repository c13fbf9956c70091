"""Every IRI that the code names: the only file that spells one."""

from __future__ import annotations

BASE = "https://w3id.org/foedus/"
KG = BASE + "ontology#"
ID = BASE + "id/"
CODE = BASE + "code/"
DATE = BASE + "date/"
GRAPH = BASE + "graph/"
CLAIM = ID + "claim/"
STANCE = ID + "stance/"
STATEMENT = ID + "statement/"
EVIDENCE = ID + "evidence/"
SOURCE = ID + "source/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
SHACL = "http://www.w3.org/ns/shacl#"
VOID = "http://rdfs.org/ns/void#"
SERVICE_DESCRIPTION = "http://www.w3.org/ns/sparql-service-description#"
WIKIDATA = "http://www.wikidata.org/entity/"

# What a service says of itself, in words and with names of others
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMAT = "http://www.w3.org/ns/formats/"
ENTAILMENT = "http://www.w3.org/ns/entailment/"

# XML namespaces of network files
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://www.gexf.net/1.2draft"

#: Prefixes known in every query and written in every export; longest IRIs win when a CURIE is made.
PREFIXES: dict[str, str] = {
    "kg": KG,
    "id": ID,
    "claim": CLAIM,
    "stance": STANCE,
    "statement": STATEMENT,
    "evidence": EVIDENCE,
    "source": SOURCE,
    "code": CODE,
    "date": DATE,
    "graph": GRAPH,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "wd": WIKIDATA,
}

ONTOLOGY_GRAPH = GRAPH + "ontology"
REFERENCE_GRAPH = GRAPH + "reference"
RECORD_GRAPH = GRAPH + "record"
#: Only on a remote engine: what was loaded; the merge that a plain query reads, where the engine has no default
#: graph of its own; and perspectives, each under a hash.
LOAD_GRAPH = GRAPH + "load"
DEFAULT_GRAPH = GRAPH + "default"
PERSPECTIVE_GRAPHS = GRAPH + "perspective/"

ACTOR = KG + "Actor"

RDF_TYPE = RDF + "type"
RDFS_LABEL = RDFS + "label"
SKOS_PREF_LABEL = SKOS + "prefLabel"
SKOS_ALT_LABEL = SKOS + "altLabel"
XSD_DATE = XSD + "date"
XSD_INTEGER = XSD + "integer"
XSD_BOOLEAN = XSD + "boolean"
