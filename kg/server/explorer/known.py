"""What a page of the explorer is drawn from: all that there is, or of a large store what lies near."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.page.document import gathered
from kg.page.gather import gather
from kg.page.limit import MOST_CLAIMS
from kg.page.phrases import phrase
from kg.page.whose import fixed
from kg.perspective.around import claims_around

if TYPE_CHECKING:
    from kg.page.model import Knowledge
    from kg.server.explorer.asked import Party
    from kg.view import View

#: Of a store with more claims a page reads only those near what it is about; of a smaller one all are read soon.
LARGE = 2000
_NEAR, _LOUDEST = 400, 12


def known_of(
    view: View,
    *,
    lang: str,
    things: Sequence[str],
    depth: int,
    speaking: Callable[[], Sequence[Party]],
) -> Knowledge:
    """What is drawn of some things, or of the whole; of a large one what lies near who says most: ``speaking``.

    :raises NotFoundError: nothing-found, when no claim speaks of the things.
    """
    named = ", ".join(view.label(iri) for iri in things)
    title = phrase(lang, "title_of", things=named) if things else phrase(lang, "title")
    whose = fixed(view.definition, lang)
    everything = len(view.admitted)
    if everything <= LARGE:
        return gathered(view, lang=lang, title=title, perspective=whose, things=things, depth=depth)
    centre = things or [party.iri for party in speaking()[:_LOUDEST]]
    claims, left_out = claims_around(view, centre, depth=depth, most=_NEAR if things else MOST_CLAIMS)
    known = gather(view, lang=lang, title=title, perspective=whose, among=claims)
    return replace(known, omitted=left_out if things else max(0, everything - len(known.claims)))
