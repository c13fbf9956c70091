"""Claims: the model, and how it lies in RDF."""
