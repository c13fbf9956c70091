"""What must hold of ontology and data, and how a breach is reported."""
