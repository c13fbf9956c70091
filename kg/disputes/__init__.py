"""Where parties contradict each other, side by side: rules D1 to D10 of docs/perspectives.md."""
