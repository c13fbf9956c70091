"""The service: SPARQL over HTTP under any perspective, the explorer, and the look-ups for agents."""
