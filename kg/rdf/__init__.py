"""RDF in and out: terms, TriG, named queries."""
