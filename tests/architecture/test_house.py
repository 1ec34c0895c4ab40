"""The rules of the house that linters do not know. What they do know is in pyproject.toml (`make lint`)."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "omamori"
MODULES = sorted(SRC.rglob("*.py"))
MAX_FILE = 350
MAX_FUNCTION = 60
MAX_CONTENT = 200
CONTENT = [path for pattern in ("*.sql", "*.yaml", "*.sh", "*.html", "*.js", "*.csv") for path in sorted(SRC.rglob(pattern))]
WITHOUT_TEST_FILE = Path(__file__).parent / "without_test_file"
Rule = Callable[[Path, str, ast.Module], Iterator[str]]


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def short(path: Path, text: str, tree: ast.Module) -> Iterator[str]:
    if text.count("\n") > MAX_FILE:
        yield f"{place(path)}: more than {MAX_FILE} lines; is it several rooms?"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_FUNCTION:
                yield f"{place(path)}:{node.lineno}: {node.name} has {length} lines, more than {MAX_FUNCTION}"


def swallows(path: Path, _: str, tree: ast.Module) -> Iterator[str]:
    """`except Exception` hides mistakes of ours; only the boundary to the world may need it.

    A handler that cleans up and raises the same error again swallows nothing.
    """
    if path.relative_to(SRC).parts[0] in ("gate", "collect"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None):
            names = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type is not None else {""}
            if names & {"", "Exception", "BaseException"}:
                yield f"{place(path)}:{node.lineno}: name the errors that can really come"


def keeps_state(path: Path, _: str, tree: ast.Module) -> Iterator[str]:
    """No `global`, and no mutable list, dict or set at the top of a module: state travels as arguments."""
    nodes = list(ast.walk(tree))
    yield from (f"{place(path)}:{node.lineno}: no `global`" for node in nodes if isinstance(node, ast.Global))
    written = {
        target.value.id
        for node in nodes
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name)
    }
    top = {name.id for node in tree.body if isinstance(node, ast.Assign) for name in node.targets if isinstance(name, ast.Name)}
    inner = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)} - top
    if (written & top) - inner:
        yield f"{place(path)}: writes into a module variable: {sorted(written & top)}"


@pytest.mark.parametrize("rule", [short, swallows, keeps_state])
def test_every_module_keeps_the_rule(rule: Rule) -> None:
    texts = [(path, path.read_text(encoding="utf-8")) for path in MODULES]
    assert [words for path, text in texts for words in rule(path, text, ast.parse(text))] == []


def exceptions() -> dict[str, str]:
    """Modules that need no test file of their own, with the reason."""
    found = {}
    for line in WITHOUT_TEST_FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            path, _, reason = (part.strip() for part in line.partition("|"))
            assert reason, f"{WITHOUT_TEST_FILE.name}: {path} has no reason"
            found[path] = reason
    return found


def mirrored(path: Path) -> bool:
    """True when src/omamori/a/b_c.py has tests/a/test_b_c.py, or tests/a/test_b.py, or captures in tests/a/data/b/."""
    inner = path.relative_to(SRC)
    room = ROOT / "tests" / inner.parent
    words = inner.stem.lstrip("_").split("_")
    names = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    return any((room / f"test_{name}.py").is_file() or any((room / "data" / name).glob("*.json")) for name in names)


def with_content() -> Iterator[Path]:
    """Modules that hold more than a docstring."""
    for path in MODULES:
        body = ast.parse(path.read_text(encoding="utf-8")).body
        if any(not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) for node in body):
            yield path


def test_every_module_has_its_test_file() -> None:
    excused = exceptions()
    lacking = {path.relative_to(SRC).as_posix() for path in with_content() if not mirrored(path)}
    assert sorted(lacking - set(excused)) == [], "write tests/<room>/test_<module>.py, or captures"
    assert sorted(set(excused) - lacking) == [], "has a test file now, or is gone: take it out of the list, which only shrinks"


FORBIDDEN_VERDICTS = re.compile("合格|算定可|無害|準拠し|安全です|安全でした|安全と判|問題ありません|secure system|is compliant|is safe\\b")


def test_no_word_promises_too_much() -> None:
    """The product says what was looked at and found; it never says that something is safe or compliant."""
    promises = [
        f"{place(path)}:{number}: {found[0]!r} is a promise nobody can keep"
        for path in (*MODULES, *CONTENT)
        if path.name != "seminar.yaml"  # quotes the slides word by word
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := FORBIDDEN_VERDICTS.search(line)) is not None
    ]
    assert promises == []


def test_checks_stay_short() -> None:
    checks = [path for path in CONTENT if path.suffix == ".sql"]
    assert checks
    assert [place(path) for path in checks if path.read_text(encoding="utf-8").count("\n") > MAX_CONTENT] == [], "one check, one idea"


def test_every_room_is_in_the_contract_of_the_floors() -> None:
    """import-linter only checks the rooms it is told of."""
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    layers = contract[contract.index("layers = [") : contract.index("]", contract.index("layers = ["))]
    rooms = {path.relative_to(SRC).parts[0] for path in with_content() if path.parent != SRC}  # folders of content hold no code
    assert {room for room in rooms if f"omamori.{room}" not in layers} == set()
