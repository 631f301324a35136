"""How what the draft check has found is marked, and what is still to be filled in beside it."""

import html
import re

from companion.ui.style import Tokens

SLOT = re.compile(r"\{[^{}\n]+\}")


def tier_colours(tokens: Tokens) -> dict[str, tuple[str, str]]:
    """For each tier of a finding, the colours of its words and of the ground behind them."""
    return {
        "red": (tokens.red, tokens.red_wash),
        "amber": (tokens.amber, tokens.amber_wash),
        "grey": (tokens.ink, tokens.line),
    }


def slots_marked(text: str, tokens: Tokens) -> str:
    """A text as HTML, the slots that are still to be filled in amber."""
    return SLOT.sub(rf'<span style="color:{tokens.amber}">\g<0></span>', html.escape(text))
