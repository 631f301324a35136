"""How much a phrase is in use: often and lately, in one number."""

import math

HALF_LIFE_S = 14 * 24 * 3600
"""A use counts half as much after two weeks: a shift pattern long, and a campaign short."""


def frecency(uses: int, used_at: int, now: int) -> float:
    """The weight of ``uses`` of which the last was at ``used_at``, at ``now`` (Unix seconds).

    It is the logarithm (base 2) of ``uses * 2 ** (-age / HALF_LIFE_S)``, so that even what was
    last used long ago keeps its order. A desk whose clock ran ahead gives no head start.
    """
    if uses <= 0:
        return -math.inf
    return math.log2(uses) - max(0, now - used_at) / HALF_LIFE_S
