"""Where parties contradict each other, side by side: rules D1 to D12 of docs/perspectives.md."""

from kg.disputes.find import disputes as disputes
from kg.disputes.positions import find_disputes as find_disputes
