"""What a perspective is asked to be: whose, as known when, holding on which day, how contested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Definition:
    """A perspective before anything is read; parties are IRIs.

    :raises UsageError: opposite-options, when it is to be both undisputed and disputed.
    """

    according_to: tuple[str, ...] = ()
    as_of: date | None = None
    on: date | None = None
    undisputed: bool = False
    disputed: bool = False
    exactly: bool = False  # the parties themselves, without those who speak for them
    infer: bool = False  # also what follows from each graph by itself and the ontology

    def __post_init__(self) -> None:
        if self.undisputed and self.disputed:
            raise UsageError(
                "a perspective cannot be both undisputed and disputed",
                mend="give --undisputed or --disputed",
                rule="opposite-options",
            )

    @property
    def is_default(self) -> bool:
        """Whether it is what a plain query sees: what anyone asserts or confirms, as known today."""
        return self == Definition()
