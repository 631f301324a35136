"""Finds the files of resources/ in a clone, in an installed wheel and in a frozen build."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a file or folder under resources/.

    A frozen build unpacks resources/ beside its modules (``sys._MEIPASS``), a wheel carries it
    inside the package, and a clone has it beside the package.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent
    for root in (Path(frozen) / "resources" if frozen else None, package / "resources"):
        if root is not None and root.is_dir():
            return root.joinpath(*parts)
    return package.parent.joinpath("resources", *parts)
