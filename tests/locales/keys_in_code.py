"""Every text key that the code names, read from its syntax: whole keys, and the fixed parts of composed ones."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.web.partner_page import KEYS

BOT = Path(__file__).resolve().parents[2] / "bot"
KEY = re.compile(r"[a-z_]+\.(?:youth|staff|any)(?:\.[a-z0-9_]+)+")
CATALOGUES = {path.stem for path in (BOT.parent / "locales").rglob("*.po")}
_BEGINS_LIKE_A_KEY = re.compile(r"([a-z_]+)\.(?:(?:youth|staff|any)\..*)?$")


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text("utf-8"))) for path in sorted(BOT.rglob("*.py")))


@cache
def whole_keys() -> dict[str, str]:
    """Key -> the file that names it."""
    return _keys_in_templates() | {
        node.value: path.name
        for path, tree in modules()
        for node in _outside_of_f_strings(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value)
    }


def _keys_in_templates() -> dict[str, str]:
    """What `{{ t("...") }}` stands for in the templates of pages."""
    return {
        KEYS + end: path.name
        for path in sorted(BOT.rglob("*.html"))
        for end in re.findall(r"""\bt\("([a-z0-9_.]+)\"""", path.read_text("utf-8"))
    }


def _outside_of_f_strings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        yield node
        if not isinstance(node, ast.JoinedStr):
            yield from _outside_of_f_strings(node)


@cache
def composed_keys() -> dict[re.Pattern[str], str]:
    """What f-strings that make keys can make -> the file they stand in."""
    found: dict[re.Pattern[str], str] = {}
    for path, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.JoinedStr) or not _makes_a_key(node):
                continue
            parts = [re.escape(p.value) if isinstance(p, ast.Constant) else "[a-z0-9_.]+" for p in node.values]
            found[re.compile("".join(str(part) for part in parts))] = path.name
    return found


def _makes_a_key(node: ast.JoinedStr) -> bool:
    first = node.values[0]
    begins = _BEGINS_LIKE_A_KEY.match(str(first.value)) if isinstance(first, ast.Constant) else None
    if begins is None or begins[1] not in CATALOGUES:
        return False
    rest = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    return re.fullmatch(r"[a-z0-9_.]+", rest) is not None and "." in rest
