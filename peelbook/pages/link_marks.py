"""Marks that lead to a force's book: their address, their role and the name that is read aloud.

`_static/chart_links.js` makes marks with the role of a link usable with the keyboard.
"""

from __future__ import annotations

import altair as alt

ROLE = alt.ExprRef("datum.href ? 'link' : 'img'")
"""A mark without a book is a picture with a name, and is not stopped at."""


def href() -> alt.HrefValue:
    """Return the encoding of the address in `href`; a mark without one leads nowhere."""
    # a plain field would write the word "null" or "undefined" as the address
    return alt.HrefValue(
        None,
        condition={"test": "isValid(datum.href)", "field": "href", "type": "nominal"},
    )


def names() -> alt.Description:
    """Return the encoding of a mark's accessible name, which the field `said` holds."""
    return alt.Description(field="said", type="nominal")
