"""Finds places where a text that may come from outside enters a widget beside the door, `widgets.plain`.

A text is safe when it is written in the source, translated from there, made by `plain()`, or is a `Content`
that was built of such parts. What the reader of a file can't see from the file alone counts as unsafe.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

SHOWING = frozenset(
    {"Label", "Static", "Button", "YesButton", "Checkbox", "RadioButton", "Option", "TabPane"}
)
"""Widgets whose first argument is shown, and read as markup when it is a text."""
SHOWN_ATTRIBUTES = frozenset({"border_title", "border_subtitle", "tooltip"})
OWN_WORDS = frozenset({"_", "gettext", "ngettext", "label"})
DOORS = frozenset({"plain"})
OWN_NAMES = frozenset({"key", "keys"})
"""What variables are called that hold the keys of commands."""
CLEANING = frozenset({"cut", "fit", "clean", "one_line"})
"""They strip what moves a terminal, but not markup: safe inside a `Content` or with `markup=False`."""


def content_functions(source: str) -> frozenset[str]:
    """The names of the functions of a file that return a `Content`."""
    return frozenset(
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_content(node.returns)
    )


def unsafe_texts(source: str, elsewhere: frozenset[str] = frozenset()) -> Iterator[tuple[int, str]]:
    """(line, expression) of every text that reaches a widget unchecked.

    `elsewhere` names functions of other files that return a `Content`.
    """
    module = ast.parse(source)
    checker = _Checker(module, content_functions(source) | elsewhere)
    for node in ast.walk(module):
        for text, cleaned_is_enough in _shown(node):
            if not checker.is_safe(text, cleaned_is_enough):
                yield text.lineno, ast.unparse(text)


def _shown(node: ast.AST) -> Iterator[tuple[ast.expr, bool]]:
    """The expressions that `node` shows, and whether it shows them without reading markup."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(target, ast.Attribute) and target.attr in SHOWN_ATTRIBUTES for target in targets):
            yield node.value, False
    if not isinstance(node, ast.Call):
        return
    without_markup = any(
        word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in node.keywords
    )
    shows = _name(node.func) in SHOWING or (
        isinstance(node.func, ast.Attribute)
        and (node.func.attr == "notify" or (node.func.attr == "update" and _is_widget(node.func.value)))
    )
    if shows:
        texts = [
            *node.args[:1],
            *(word.value for word in node.keywords if word.arg in {"content", "label", "title"}),
        ]
        for text in texts:
            yield text, without_markup


def _is_widget(receiver: ast.expr) -> bool:
    """Whether `update` is asked of a widget, and not of a dict: it was queried, or is named like one."""
    text = ast.unparse(receiver)
    return (
        "query" in text or "Static" in text or "Label" in text or text.endswith(("label", "line", "problem"))
    )


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


class _Checker:
    def __init__(self, module: ast.Module, makes_content: frozenset[str]) -> None:
        self._content_functions = makes_content
        self._assigned: dict[str, list[ast.expr]] = {}
        self._content_names = set()
        for node in ast.walk(module):
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                target = node.targets[0]
                if isinstance(target, ast.Name):
                    self._assigned.setdefault(target.id, []).append(node.value)
            elif (isinstance(node, ast.arg) and _is_content(node.annotation)) or (
                isinstance(node, ast.AnnAssign) and _is_content(node.annotation)
            ):
                self._content_names.add(node.arg if isinstance(node, ast.arg) else ast.unparse(node.target))

    def is_safe(self, node: ast.expr, cleaned_is_enough: bool = False) -> bool:
        """Whether the text of `node` can only be ours, or went through the door."""
        match node:
            case ast.Constant():
                return True
            case ast.Name() | ast.Attribute() if ast.unparse(node) in self._content_names:
                return True
            case ast.Attribute(attr="markup", value=value):
                return self.is_safe(value)
            case ast.Name(id=name) if name in OWN_NAMES:
                return True
            case ast.Name(id=name):
                values = self._assigned.pop(name, [])
                safe = bool(values) and all(self.is_safe(value, cleaned_is_enough) for value in values)
                self._assigned[name] = values
                return safe
            case ast.IfExp(body=body, orelse=orelse):
                return self.is_safe(body, cleaned_is_enough) and self.is_safe(orelse, cleaned_is_enough)
            case ast.BinOp(left=left, right=right):
                return self.is_safe(left, cleaned_is_enough) and self.is_safe(right, cleaned_is_enough)
            case (
                ast.BoolOp(values=values)
                | ast.JoinedStr(values=values)
                | ast.Tuple(elts=values)
                | ast.List(elts=values)
            ):
                return all(self.is_safe(value, cleaned_is_enough) for value in values)
            case ast.FormattedValue(value=value) | ast.Starred(value=value):
                return self.is_safe(value, cleaned_is_enough)
            case ast.Call():
                return self._is_safe_call(node, cleaned_is_enough)
        return False

    def _is_safe_call(self, call: ast.Call, cleaned_is_enough: bool) -> bool:
        name = _name(call.func)
        if name in DOORS or name in self._content_functions:
            return True
        if name in OWN_WORDS:
            return all(isinstance(argument, ast.Constant) for argument in call.args[:1])
        if name in CLEANING:
            return cleaned_is_enough
        if name == "display_key":
            return True
        inside_content = name == "Content" or ast.unparse(call.func).startswith("Content.")
        if inside_content and name != "from_markup":
            return all(self.is_safe(argument, True) for argument in call.args)
        if name in {"format", "from_markup"}:
            parts = [*call.args, *(word.value for word in call.keywords)]
            return self._is_safe_receiver(call.func) and all(
                self.is_safe(part, cleaned_is_enough) or _is_number(part) for part in parts
            )
        return False

    def _is_safe_receiver(self, function: ast.expr) -> bool:
        return (
            not isinstance(function, ast.Attribute)
            or ast.unparse(function.value) == "Content"
            or self.is_safe(function.value)
        )


def _is_number(node: ast.expr) -> bool:
    """Lengths and counts can't hold markup."""
    return isinstance(node, ast.Call) and _name(node.func) in {"len", "int", "round", "sum"}


def _is_content(annotation: ast.expr | None) -> bool:
    return annotation is not None and "Content" in ast.unparse(annotation).replace(" | ", " ").split()
