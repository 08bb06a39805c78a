"""Faults of statements: one left out, an error not raised, a loop that goes on."""

from __future__ import annotations

import ast

from benchmarks.mutation.expressions import CALCULATED, RISKY, Expressions
from benchmarks.mutation.places import Mutant, name_of, own_lines


def mutants(path: str, source: bytes) -> list[Mutant]:
    """Name all faults that can be put into a module."""
    finder = Statements(path, source)
    finder.visit(ast.parse(source))
    return finder.found


class Statements(Expressions):
    """Adds the faults of statements."""

    def visit_Expr(self, node: ast.Expr) -> None:
        """A call that is left out; a string is a docstring."""
        if isinstance(node.value, ast.Constant):
            return
        call = node.value
        if isinstance(call, ast.Call | ast.Yield | ast.YieldFrom):
            risky = isinstance(call, ast.Call) and bool(RISKY.fullmatch(name_of(call.func)))
            self._replace("statement removed", node, b"pass", risk=risky)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """Left out, or the other way."""
        self._replace("statement removed", node, b"pass")
        if type(node.op) in CALCULATED:
            old, new = CALCULATED[type(node.op)]
            self._between("arithmetic", node.target, node.value, old, new, risk=False)
        self.visit(node.value)

    def visit_Delete(self, node: ast.Delete) -> None:
        """Left out."""
        self._replace("statement removed", node, b"pass")

    def visit_Raise(self, node: ast.Raise) -> None:
        """Left out; the message is only read."""
        self._replace("raise removed", node, b"pass", risk=True)
        if isinstance(node.exc, ast.Call):
            self._status(node.exc)
            for keyword in node.exc.keywords:
                self.visit(keyword.value)

    def visit_Assert(self, node: ast.Assert) -> None:
        """Tells the type checker what cannot be otherwise."""

    def visit_Break(self, node: ast.Break) -> None:
        """The loop goes on."""
        self._replace("jump", node, b"continue")
        self._replace("jump", node, b"pass")

    def visit_Continue(self, node: ast.Continue) -> None:
        """The loop ends, or the rest of its body is run."""
        self._replace("jump", node, b"break")
        self._replace("jump", node, b"pass")

    def visit_Return(self, node: ast.Return) -> None:
        """Nothing is returned, or the opposite."""
        if node.value is None or (
            isinstance(node.value, ast.Constant) and not isinstance(node.value.value, str)
        ):
            self.generic_visit(node)
            return
        if self._returns == "bool":
            self._replace("return", node.value, b"not (" + self._text(node.value) + b")")
        elif "Iterator" not in self._returns:
            self._replace("return", node.value, b"None")
        self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """The error goes on to the caller."""
        if not (len(node.body) == 1 and isinstance(node.body[0], ast.Raise)):
            first, last = node.body[0], node.body[-1]
            outside = self._lines
            self._lines = tuple(own_lines(first)) if self._in_function else ()
            span = self._at(first)[0], self._at(last)[1]
            self._add("error not handled", first.lineno, span, b"raise", risk=True)
            self._lines = outside
        for statement in node.body:
            self.visit(statement)

    def visit_If(self, node: ast.If) -> None:
        """What is there for the type checker is never run."""
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for statement in node.orelse:
                self.visit(statement)
        else:
            self._negate(node.test)
            self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        """The opposite condition."""
        self._negate(node.test)
        self.generic_visit(node)
