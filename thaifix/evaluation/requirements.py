"""What an evaluation needs besides thaifix itself: the packages of the extra `evaluate`."""

from __future__ import annotations

from importlib.util import find_spec

from thaifix.errors import MissingExtraError


def require(*packages: str) -> None:
    """Make sure that packages are installed, without importing them.

    Args:
        packages: Names as in an import: pythainlp (words), regex (clusters), jinja2 (HTML).
    Raises:
        MissingExtraError: If one is missing; names all that are, and the command that installs
            them.
    """
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise MissingExtraError(
            f"Evaluation needs {' and '.join(missing)}. Install: pip install 'thaifix[evaluate]'"
        )
