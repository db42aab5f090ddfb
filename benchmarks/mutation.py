"""How much the tests notice: `python benchmarks/mutation.py [MODULE…] [--each 12] [--seed 5] [--jobs 2] [--survivors]`.

Changes one operator or number of a module at a time, runs the tests that mirror the module (`ingest/x/y.py` →
`tests/x/test_y.py`, and `tests/x/test_y_*.py`), and prints the share of the changes that made a test fail. Without a
MODULE all pure modules are taken. A change that cannot be observed, as of a bound that is never met exactly, lowers the
share all the same: read the survivors before you believe it. The checkout stays as it is. Needs a system with fork.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib.abc
import importlib.util
import io
import multiprocessing
import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
#: Packages whose modules are pure functions of their arguments.
PURE = ("article", "dedup", "discover", "errors.py", "export", "extraction", "schedule", "sources")
#: Modules outside of them that are pure, too.
ALSO_PURE = (
    "fetch/pace.py",
    "fetch/robots.py",
    "fetch/http/address_guard.py",
    "fetch/http/deadline.py",
    "fetch/http/printable.py",
    "fetch/http/request_url.py",
    "fetch/http/content_coding.py",
    "fetch/http/cookies.py",
    "fetch/http/response_head.py",
    "run/acceptance.py",
    "run/report.py",
    "store/values.py",
)
SECONDS = 300
SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


class Mutator(ast.NodeTransformer):
    """Makes the change of this ``number`` and counts all changes that could be made; -1 makes none."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.count = 0
        self.made = ""

    def _is_chosen(self, node: ast.expr, change: str) -> bool:
        self.count += 1
        if self.count - 1 != self.number:
            return False
        self.made = f"{node.lineno}: {change}"
        return True

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        kind = type(node.ops[0])
        if kind in SWAPS and self._is_chosen(node, f"{kind.__name__} → {SWAPS[kind].__name__}"):
            node.ops[0] = SWAPS[kind]()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if self._is_chosen(node, "and ↔ or"):
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return node.operand if isinstance(node.op, ast.Not) and self._is_chosen(node, "not removed") else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) in (int, float) and self._is_chosen(node, f"{node.value} → {node.value * 2 + 1}"):  # type: ignore[operator]
            return ast.copy_location(ast.Constant(node.value * 2 + 1), node)  # type: ignore[operator]
        return node


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a changed syntax tree."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        folder = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(name, self.path, loader=self, submodule_search_locations=folder)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


@dataclass(frozen=True)
class Target:
    """A module and the tests that mirror it, as paths below the checkout."""

    module: str
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@dataclass
class Score:
    tried: int = 0
    noticed: int = 0

    @property
    def share(self) -> float:
        return self.noticed / self.tried if self.tried else 1.0


def pure_modules() -> list[str]:
    """All modules of the pure packages, less the data files of single sites and platforms."""
    found: set[Path] = {ROOT / "ingest" / name for name in ALSO_PURE}
    for name in PURE:
        path = ROOT / "ingest" / name
        found |= {path} if path.is_file() else set(path.rglob("*.py"))
    return sorted(str(path.relative_to(ROOT)) for path in found if path.exists())


def target(module: str) -> Target | None:
    """The module with its tests; None if no test has its name."""
    path = Path(module)
    folder = ROOT / "tests" / Path(*path.parts[1:-1])
    stem = path.parts[-2] if path.name == "__init__.py" else path.stem
    tests = [folder / f"test_{stem}.py", *sorted(folder.glob(f"test_{stem}_*.py"))]
    there = tuple(str(test.relative_to(ROOT)) for test in tests if test.exists())
    return Target(module, there) if there else None


def run(one: Target, number: int) -> str:
    """In a process of its own: makes the change and runs the tests. Its exit status is 0 if no test failed."""
    os.chdir(ROOT)
    path = ROOT / one.module
    mutator = Mutator(number)
    tree = ast.fix_missing_locations(mutator.visit(ast.parse(path.read_text(encoding="utf-8"))))
    sys.meta_path.insert(0, Finder(one.name, path, tree))
    import pytest  # noqa: PLC0415 — after the change is in place

    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):  # noqa: PTH123
        status = pytest.main(
            [
                "-q",
                "-x",
                "-p",
                "no:cacheprovider",
                "-p",
                "no:xdist",
                "-o",
                "addopts=",
                "--import-mode=importlib",
                *one.tests,
            ]
        )
    os._exit(0 if status == 0 else 1)


def passes(one: Target, number: int) -> bool:
    process = multiprocessing.get_context("fork").Process(target=run, args=(one, number))
    process.start()
    process.join(SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        return False
    return process.exitcode == 0


def changes(one: Target, each: int, seed: int) -> Iterator[tuple[int, str]]:
    """Numbers and descriptions of up to ``each`` changes, chosen at random."""
    source = (ROOT / one.module).read_text(encoding="utf-8")
    whole = Mutator(-1)
    whole.visit(ast.parse(source))
    for number in random.Random(seed).sample(range(whole.count), min(each, whole.count)):
        mutator = Mutator(number)
        mutator.visit(ast.parse(source))
        yield number, mutator.made


def measure(one: Target, each: int, seed: int) -> tuple[Score, list[str]]:
    """Raises `SystemExit` if the tests fail without any change."""
    if not passes(one, -1):
        sys.exit(f"{' '.join(one.tests)}: fails without any change")
    score, survivors = Score(), []
    for number, change in changes(one, each, seed):
        score.tried += 1
        if passes(one, number):
            survivors.append(f"{one.module}:{change}")
        else:
            score.noticed += 1
    return score, survivors


def preload() -> None:
    """Imports what all tests need and what holds none of our modules, once for all processes."""
    for name in (
        "pytest",
        "httpx",
        "h11",
        "selectolax.lexbor",
        "feedparser",
        "lxml.etree",
        "pydantic",
        "yaml",
        "sqlite_utils",
        "structlog",
    ):
        with contextlib.suppress(ImportError), contextlib.redirect_stdout(io.StringIO()):
            __import__(name)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="as in ingest/schedule/due.py")
    parser.add_argument("--each", type=int, default=12, help="changes of a module at most")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--survivors", action="store_true", help="also print the changes that no test noticed")
    args = parser.parse_args(arguments)
    modules = args.modules or pure_modules()
    targets = [found for module in modules if (found := target(module))]
    preload()
    print("| module | changes | noticed |\n|---|---:|---:|")
    total, survivors = Score(), []
    with ThreadPoolExecutor(args.jobs) as pool:
        for one, (score, left) in zip(
            targets, pool.map(lambda one: measure(one, args.each, args.seed), targets), strict=True
        ):
            if score.tried:
                print(f"| `{one.module.removeprefix('ingest/')}` | {score.tried} | {score.share:.2f} |", flush=True)
            total.tried += score.tried
            total.noticed += score.noticed
            survivors += left
    print(f"| all | {total.tried} | {total.share:.2f} |")
    untested = [module for module in modules if not target(module) and next(changes(Target(module, ()), 1, 0), None)]
    if untested:
        print("\nWithout a test of their name:", ", ".join(untested))
    if args.survivors:
        print("\nNot noticed:\n" + "\n".join(survivors))


if __name__ == "__main__":
    main()
