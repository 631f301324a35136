"""Where a folder dialog begins: Qt takes the program's own folder where it is told of none."""

from pathlib import Path


def standing(said: str) -> str:
    """The folder that was said, or the nearest above it that is there; the home for all else."""
    place = Path(said)
    if not place.is_absolute():
        # Nothing yet, a card, or an address.
        return str(Path.home())
    return str(next((each for each in (place, *place.parents) if each.is_dir()), Path.home()))
