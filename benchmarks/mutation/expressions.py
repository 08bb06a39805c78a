"""Faults of expressions: another number, the opposite condition, an argument too few."""

from __future__ import annotations

import ast
import re

from benchmarks.mutation.places import Places, name_of

LEFT_OUT = {"cast", "field", "isinstance", "issubclass", "namedtuple", "NewType", "TypeVar"}
"""Functions whose arguments are types or declarations: a fault there is found at once or never."""

MESSAGES = {"echo", "fail", "print", "reason", "warn"}
"""Functions whose arguments are what the user reads, but for an exit status."""

TEXTS_OF_OPTIONS = {"epilog", "help", "metavar", "prog_name", "short_help", "show_default"}
"""Keywords of options that only the help page shows."""

UNWRAPPED = {
    *("abs", "escape", "max", "min", "normpath", "quote", "quoteattr", "realpath", "reversed"),
    *("sorted", "unescape"),
}
"""Functions that may be left out: their argument is of the same type."""

METHODS = {"casefold", "copy", "lower", "lstrip", "resolve", "rstrip", "strip"}
"""Methods that may be left out: what they are called on is of the same type."""

_OPTIONS = {"epilog", "help", "metavar", "prog_name", "short_help", "show_default"}
"""Keywords of options that only the help page shows."""

UNWRAPPED = {
    *("abs", "escape", "max", "min", "normpath", "quote", "quoteattr", "realpath", "reversed"),
    *("sorted", "unescape"),
}
"""Functions that may be left out: their argument is of the same type."""

METHODS = {"casefold", "copy", "lower", "lstrip", "resolve", "rstrip", "strip"}
"""Methods that may be left out: what they are called on is of the same type."""

RISKY = re.compile(
    "_?(?:check|close|commit|digest|drop|escape|execute|fail|flush|fsync|link|publish|quote|rename"
    r"|refuse|rollback|sync|unescape|unlink|verify|warn)\w*"
)
"""Calls on which it depends that nothing is lost, broken or passed over in silence."""

_CHOSEN = re.compile(r"\w*(?:Options|Corrector|load|corrector|settings)")
"""Calls that hand on what the user chose."""

_NEGATED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: ">=", ast.GtE: "<", ast.Gt: "<=", ast.LtE: ">",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
_BOUNDARY = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
_COMPARED = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.GtE: ">=", ast.Gt: ">", ast.LtE: "<=",
    ast.Is: "is", ast.IsNot: r"is\s+not", ast.In: "in", ast.NotIn: r"not\s+in",
}  # fmt: skip
CALCULATED = {
    ast.Add: (r"\+", "-"), ast.Sub: ("-", "+"), ast.Mult: (r"\*", "/"), ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"), ast.Mod: ("%", "*"), ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"), ast.BitOr: (r"\|", "&"), ast.BitAnd: ("&", "|"),
}  # fmt: skip


class Expressions(Places):
    """Adds the faults of expressions."""

    def _negate(self, test: ast.expr) -> None:
        """Conditions that are a value; comparisons and `not` have faults of their own."""
        compared = isinstance(test, ast.Compare | ast.BoolOp | ast.Constant)
        if not compared and not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
            self._replace("condition negated", test, b"not (" + self._text(test) + b")")

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """The opposite condition."""
        self._negate(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        """The opposite condition."""
        for test in node.ifs:
            self._negate(test)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """The opposite; the equal counts to the other side."""
        sides = [node.left, *node.comparators]
        limit = any(isinstance(side, ast.Name) and side.id.isupper() for side in sides)
        for one, sign, other in zip(sides, node.ops, node.comparators, strict=False):
            old = _COMPARED[type(sign)]
            self._between("comparison negated", one, other, old, _NEGATED[type(sign)], risk=limit)
            if type(sign) in _BOUNDARY:
                new = _BOUNDARY[type(sign)]
                self._between("boundary", one, other, old, new, risk=limit)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """`and` for `or`, between all its values."""
        old, new = (b"and", b"or") if isinstance(node.op, ast.And) else (b"or", b"and")
        start, end = self._at(node)
        text, at = b"", start
        for one, other in zip(node.values, node.values[1:], strict=False):
            left, right = self._at(one)[1], self._at(other)[0]
            joint = re.sub(rb"\b" + old + rb"\b", new, self._source[left:right], count=1)
            text += self._source[at:left] + joint
            at = right
        self._replace("and, or", node, b"(" + text + self._source[at:end] + b")")
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """`not` left out."""
        if isinstance(node.op, ast.Not):
            self._replace("not removed", node, b"(" + self._text(node.operand) + b")")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Another operator; texts and types have none."""
        if type(node.op) in CALCULATED and not any(map(_no_number, (node.left, node.right))):
            old, new = CALCULATED[type(node.op)]
            self._between("arithmetic", node.left, node.right, old, new, risk=False)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Arguments exchanged, an option dropped, the call itself left out."""
        name = name_of(node.func)
        if name in LEFT_OUT:
            return
        self._status(node)
        if name in MESSAGES:
            return
        risky = bool(RISKY.fullmatch(name))
        if name in UNWRAPPED and len(node.args) == 1 and not node.keywords:
            self._replace("call left out", node, self._text(node.args[0]), risk=risky)
        elif name in METHODS and isinstance(node.func, ast.Attribute):
            self._replace("call left out", node, self._text(node.func.value), risk=risky)
        if len(node.args) > 1 and type(node.args[0]) is type(node.args[1]) is not ast.Starred:
            self._exchange(*node.args[:2], risk=risky)  # others are of different types, mostly
        declares = name in {"option", "argument"}
        for keyword in node.keywords:
            if declares and keyword.arg in TEXTS_OF_OPTIONS:
                self._spared.add(id(keyword.value))
            elif keyword.arg:
                chosen = declares or bool(_CHOSEN.fullmatch(name))
                self._drop(node, keyword, risk=chosen or self._path.startswith("cli/"))
        self.generic_visit(node)

    def _exchange(self, one: ast.expr, other: ast.expr, *, risk: bool) -> None:
        texts = self._text(one), self._text(other)
        if texts[0] != texts[1]:
            gap = self._source[self._at(one)[1] : self._at(other)[0]]
            span = self._at(one)[0], self._at(other)[1]
            changed = texts[1] + gap + texts[0]
            self._add("arguments exchanged", one.lineno, span, changed, risk=risk)

    def _drop(self, call: ast.Call, keyword: ast.keyword, *, risk: bool) -> None:
        start, end = self._at(keyword)
        if after := re.match(rb"\s*,\s*", self._source[end : self._at(call)[1]]):
            end += after.end()
        elif before := re.search(rb",\s*$", self._source[:start]):
            start = before.start()
        self._add("keyword dropped", keyword.lineno, (start, end), b"", risk=risk)

    def _status(self, call: ast.Call) -> None:
        """Another exit status."""
        for argument in call.args:
            if isinstance(argument, ast.Attribute) and name_of(argument.value) == "ExitCode":
                other = "OK" if argument.attr != "OK" else "INPUT"
                self._replace("exit status", argument, f"ExitCode.{other}".encode(), risk=True)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Python 3.11 does not say where its parts stand."""

    def visit_Constant(self, node: ast.Constant) -> None:
        """The next number, the other truth value, another text."""
        value = node.value
        risk = self._constant
        if isinstance(value, bool):
            self._replace("truth value", node, str(not value).encode(), risk=risk)
        elif isinstance(value, int):
            for other in (value + 1, value - 1) if value > 0 else (1,):
                self._replace("number", node, str(other).encode(), risk=risk)
        elif isinstance(value, float):
            for number in (value * 2, value / 2) if value else (1.0,):
                self._replace("number", node, repr(number).encode(), risk=risk)
        elif isinstance(value, str):
            self._replace("text", node, ascii(value + "X").encode())
        elif isinstance(value, bytes):
            self._replace("text", node, ascii(value + b"X").encode())


def _no_number(node: ast.expr) -> bool:
    """Whether an operand is a text or a type."""
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, int | float)
    if isinstance(node, ast.Name):
        return node.id in {"bytes", "int", "str"} or (
            node.id[0].isupper() and not node.id.isupper()
        )
    return isinstance(node, ast.JoinedStr)
