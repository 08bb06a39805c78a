"""Where faults can be put: a module is gone through, and what is run when is kept in mind."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple


class Mutant(NamedTuple):
    """A fault, and where it is put.

    Attributes:
        path: The module, from the folder of the package on: `archive/write.py`.
        line: Where it begins, counted from 1.
        operator: What kind of fault it is.
        at_risk: Whether users would be hurt by such a fault, were it there.
        start, end: The span of bytes that is replaced.
        replacement: What stands there instead.
        lines: The lines that are run before it: of the statement, or of the whole function if it
            is a default value; none if the module runs it when it is imported.
    """

    path: str
    line: int
    operator: str
    at_risk: bool
    start: int
    end: int
    replacement: bytes
    lines: tuple[int, ...]

    @property
    def package(self) -> str:
        """The folder of thaifix that the module lies in; `thaifix` of those in none."""
        folder, slash, _ = self.path.partition("/")
        return folder if slash else "thaifix"

    def put_into(self, source: bytes) -> bytes:
        """The module with the fault."""
        return source[: self.start] + self.replacement + source[self.end :]


def name_of(function: ast.expr) -> str:
    """The last name of what is called: `fsync` of `os.fsync`."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


class Places(ast.NodeVisitor):
    """Goes through a module; `found` are its mutants, which `Expressions` and `Statements` add."""

    def __init__(self, path: str, source: bytes) -> None:
        self.found: list[Mutant] = []
        self._path = path
        self._source = source
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._lines: tuple[int, ...] = ()  # that are run before what is looked at
        self._in_function = False
        self._may_be_dropped = True  # an attribute that is set, outside `__init__`
        self._constant = False  # within the value of a constant of the module, or a default
        self._returns = ""
        self._spared: set[int] = set()  # nodes that are looked at no further

    # Where things stand

    def _at(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        return start, self._starts[node.end_lineno - 1] + node.end_col_offset

    def _text(self, node: ast.expr | ast.stmt | ast.keyword) -> bytes:
        start, end = self._at(node)
        return self._source[start:end]

    def _add(
        self, operator: str, line: int, span: tuple[int, int], text: bytes, *, risk: bool = False
    ) -> None:
        self.found.append(Mutant(self._path, line, operator, risk, *span, text, self._lines))

    def _replace(
        self, operator: str, node: ast.expr | ast.stmt, text: bytes, *, risk: bool = False
    ) -> None:
        self._add(operator, node.lineno, self._at(node), text, risk=risk)

    def _between(
        self, operator: str, one: ast.expr, other: ast.expr, old: str, new: str, *, risk: bool
    ) -> None:
        """Replace an operator that stands between two expressions, each perhaps in brackets."""
        start, end = self._at(one)[1], self._at(other)[0]
        if found := re.search(rf"(?<!\w){old}(?!\w)", self._source[start:end].decode()):
            span = start + found.start(), start + found.end()
            self._add(operator, one.lineno, span, new.encode(), risk=risk)

    # What is run when

    def visit(self, node: ast.AST) -> None:
        """Keep in mind which statement we are in."""
        if id(node) in self._spared:
            return
        if isinstance(node, ast.stmt):
            before = self._lines
            self._lines = tuple(own_lines(node)) if self._in_function else ()
            super().visit(node)
            self._lines = before
        else:
            super().visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Defaults, then the body; decorators only where they declare options."""
        outside = self._in_function, self._may_be_dropped, self._returns, self._constant
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and name_of(decorator.func) in {
                "option",
                "argument",
            }:
                self.visit(decorator)
        lines = self._lines
        body = [line for statement in node.body for line in _all_lines(statement)]
        self._lines, self._constant = tuple(body), True
        for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.visit(default)
        self._lines = lines
        self._in_function, self._constant = True, False
        self._may_be_dropped = node.name not in ("__init__", "__new__")
        self._returns = ast.unparse(node.returns) if node.returns else ""
        for statement in node.body:
            self.visit(statement)
        self._in_function, self._may_be_dropped, self._returns, self._constant = outside

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Its body; bases and decorators declare."""
        for statement in node.body:
            self.visit(statement)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Constants of the module; attributes and items, which may stay as they were."""
        target = node.targets[0]
        if isinstance(target, ast.Name) and target.id in ("__all__", "__slots__"):
            return
        if isinstance(target, ast.Attribute | ast.Subscript) and self._may_be_dropped:
            self._replace("statement removed", node, b"pass")
        outside = self._constant
        self._constant = outside or not self._in_function
        self.visit(node.value)
        self._constant = outside

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Its value, not its type."""
        if node.value:
            outside = self._constant
            self._constant = outside or not self._in_function
            self.visit(node.value)
            self._constant = outside


def own_lines(node: ast.stmt) -> Iterator[int]:
    """The lines of a statement without those of the statements in it."""
    assert node.end_lineno is not None
    body = getattr(node, "body", None)
    end = body[0].lineno - 1 if body and isinstance(body[0], ast.stmt) else node.end_lineno
    yield from range(node.lineno, max(end, node.lineno) + 1)


def _all_lines(node: ast.stmt) -> Iterator[int]:
    assert node.end_lineno is not None
    yield from range(node.lineno, node.end_lineno + 1)
