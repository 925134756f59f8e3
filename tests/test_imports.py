"""The rooms of `helpers` as they import each other: from above to below, never round in a circle, no private names."""

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "helpers"
# A module may import from those above it and from its own room.
ORDER = (
    "arrays files fingerprints cells text data vectors layers experiments modes results params runs plotting figures"
    " checks"
).split()
ALONE = {"quiet"}  # needs nothing and is needed by chapters only


def modules():
    return {
        ".".join(("helpers", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"): path
        for path in sorted(SOURCE.rglob("*.py"))
    }


def imports(path):
    """Every (module, names) of helpers that a file imports, inside functions too, but not for type checking alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "helpers":
            yield node.module, [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "helpers":
                    yield alias.name, []


def room(name):
    return name.split(".")[1] if "." in name else ""


def test_every_room_has_its_place():
    rooms = {room(name) for name in modules()} - {""}
    assert rooms == set(ORDER) | ALONE


def test_no_room_imports_from_one_below_it():
    upwards = []
    for name, path in modules().items():
        for module, names in imports(path):
            for target in [module] if module != "helpers" else [f"helpers.{one}" for one in names]:
                here, there = room(name), room(target)
                if here in ORDER and there in ORDER and ORDER.index(there) > ORDER.index(here):
                    upwards.append(f"{name} imports {target}")
    assert upwards == []


def test_no_module_imports_itself_by_way_of_others():
    known = modules()
    graph = {}
    for name, path in known.items():
        found = set()
        for module, names in imports(path):
            inner = {f"{module}.{one}" for one in names} & known.keys()
            found |= inner or ({module} & known.keys())
        graph[name] = found - {name}
    done: set[str] = set()

    def visit(name, way):
        assert name not in way, " → ".join([*way[way.index(name) :], name])
        if name in done:
            return
        for other in sorted(graph[name]):
            visit(other, [*way, name])
        done.add(name)

    for name in graph:
        visit(name, [])


def test_no_private_name_is_imported_from_another_module():
    private = [
        f"{name} imports {one} from {module}"
        for name, path in modules().items()
        for module, names in imports(path)
        for one in names
        if one.startswith("_") and not one.startswith("__")
    ]
    assert private == []
