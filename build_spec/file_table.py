"""Writes the table of files in ARCHITECTURE.md from the modules' docstrings.

python build_spec/file_table.py
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "ARCHITECTURE.md"
BEGIN, END = "<!-- files -->\n", "<!-- end of files -->\n"


def table() -> str:
    """A row for each module of companion/: its path and the first sentence of its docstring."""
    rows = ["| file | what it is for |", "|---|---|"]
    for path in sorted((ROOT / "companion").rglob("*.py")):
        said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        rows.append(f"| `{path.relative_to(ROOT).as_posix()}` | {said.splitlines()[0]} |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """Replace the table between its two marks."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + table() + END + after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
