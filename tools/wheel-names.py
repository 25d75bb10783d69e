"""Prints the classes of a Python wheel that no allow-list of pickles has, to be looked at and added by hand.

Usage: python3 tools/wheel-names.py WHEEL [MODULE-PATTERN]

The wheel's sources are parsed, never imported. A class is marked when it (or a class that it extends in the same wheel)
defines a method that runs while a pickle is read: such a class needs a look at that method before it is allowed.
"""

import ast
import json
import pathlib
import re
import sys
import zipfile

RUNS = {"__setstate__", "__new__", "__del__", "__setattr__", "__getattr__", "__getattribute__", "__setitem__",
        "append", "extend", "add", "__missing__", "__reduce__"}
APART = re.compile(r"(^|/)(tests?|testing|benchmarks|examples|conftest)(/|\.py$)")
LISTS = pathlib.Path(__file__).parent.parent / "src/detectors/pickle-program/lists"


def listed():
    """Names of all lists, as (module, name)."""
    found = set()
    for path in LISTS.glob("*.json"):
        for group in json.loads(path.read_text()).get("groups", []):
            for module, names in group["names"].items():
                found.update((module, name) for name in names)
    return found


def last(node):
    """The last part of the name of a base class."""
    while isinstance(node, (ast.Subscript, ast.Call)):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def classes(body):
    """Classes of a module, also those that it defines conditionally."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            methods = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
            yield node.name, {last(base) for base in node.bases}, methods & RUNS
        elif isinstance(node, (ast.If, ast.Try)):
            yield from classes(node.body + node.orelse)
            for handler in getattr(node, "handlers", []):
                yield from classes(handler.body)


def modules(wheel):
    """Modules of a wheel with their classes; sources of a newer Python than this one are said to be left out."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if not name.endswith(".py") or APART.search(name):
                continue
            module = re.sub(r"\.__init__$", "", name[:-3].replace("/", "."))
            try:
                tree = ast.parse(archive.read(name).decode("utf-8-sig", "replace"))
            except (SyntaxError, ValueError, RecursionError) as reason:
                print(f"{name}: not read: {reason}", file=sys.stderr)
                continue
            yield module, list(classes(tree.body))


def main(wheel, pattern="."):
    known = listed()
    found = list(modules(wheel))
    bases, runs = {}, {}
    for _, all_of_module in found:
        for name, above, risky in all_of_module:
            bases.setdefault(name, set()).update(above)
            runs.setdefault(name, set()).update(risky)
    for module, all_of_module in found:
        for name, _, _ in all_of_module:
            if (module, name) in known or not re.search(pattern, module):
                continue
            risky, seen, queue = set(), set(), [name]
            while queue:
                each = queue.pop()
                if each not in seen:
                    seen.add(each)
                    risky |= runs.get(each, set())
                    queue.extend(bases.get(each, ()))
            print(module, name, "# runs " + ", ".join(sorted(risky)) if risky else "")


if __name__ == "__main__":
    main(*sys.argv[1:3])
