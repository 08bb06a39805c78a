"""Run one of the benchmarks by its name, or list them.

    python benchmarks [NAME [ARGUMENT…]]

Python puts the folder that it runs in front of its path. It is taken away, lest a module here stand
for one of another's, and the repository's root is put at the end: were it in front, the checkout,
whose kernel is not compiled, would be measured and not the thaifix that is installed.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def commands() -> dict[str, str]:
    """The modules that have a `main`, by name, each with the first sentence of its docstring.

    They are read, not imported: some need packages that another environment has.
    """
    found = {}
    for path in sorted(FOLDER.rglob("*.py")):
        if path.name != "__main__.py":
            tree = ast.parse(path.read_text("utf-8"))
            names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
            if "main" in names:
                name = ".".join(path.relative_to(FOLDER).with_suffix("").parts)
                name = name.removesuffix(".__init__")
                found[name] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return dict(sorted(found.items(), key=lambda item: ("." in item[0], item[0])))


def arranged(path: Sequence[str]) -> list[str]:
    """Python's path without this folder, and with the repository's root at the end."""
    kept = [entry for entry in path if Path(entry).resolve() != FOLDER]
    return [*kept, str(FOLDER.parent)]


def main() -> None:
    """Run the module that is named first; it reads the other arguments."""
    known = commands()
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        lines = [f"  {name:16}{said}" for name, said in known.items()]
        listing = "\n".join(["python benchmarks NAME [ARGUMENT…]\n", *lines])
        if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
            print(listing)
            return
        sys.exit(f"no benchmark {sys.argv[1]!r}. There are:\n\n{listing}")
    sys.path[:] = arranged(sys.path)
    name, *arguments = sys.argv[1:]
    sys.argv = [f"benchmarks {name}", *arguments]
    import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
