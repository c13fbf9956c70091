"""The shapes of dots, of radius 1, as paths: what the legend draws; the painter has the same by their rule."""

from __future__ import annotations


def paths() -> tuple[str, ...]:
    """The path of each family, in their order: a square, a diamond, a disc, a triangle, a cross, a ring."""
    return (
        "M-.9-.9H.9V.9H-.9Z",
        "M0-1.25L1.25 0 0 1.25-1.25 0Z",
        "M-1 0A1 1 0 1 1 1 0 1 1 0 1 1-1 0Z",
        "M0-1.15L1.13.8H-1.13Z",
        "M-.42-1.15H.42V-.42H1.15V.42H.42V1.15H-.42V.42H-1.15V-.42H-.42Z",
        "M-1 0A1 1 0 1 1 1 0 1 1 0 1 1-1 0ZM-.55 0A.55 .55 0 1 0 .55 0 .55 .55 0 1 0-.55 0Z",
    )
