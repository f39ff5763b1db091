"""Each module stands on a floor and imports only from floors below; each library has one home."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "kg"

# The first name under ``kg`` gives the floor; a folder stands on one floor with all its modules.
_ORDER: list[set[str]] = [
    {"errors", "schema", "iris"},
    {"records", "resources", "paths", "packing"},
    {"graph", "tables", "outputs", "processes"},
    {"archives", "blocks", "caches", "lexicon", "articles", "rules", "numerals"},
    {"patterns"},
    {"words", "sentences"},
    {"phrases", "roles", "naming", "synonyms"},
    {"clauses"},
    {"mentions"},
    {"terms", "aliases", "decrees"},
    {"relations", "observations", "entities", "discovery"},
    {"judging"},
    {"extraction"},
    {"rdf", "network", "reports", "corrections", "search", "traces"},
    {"store", "pipeline", "exports"},
    {"page", "validation", "evaluation", "updates"},
    {"partitions", "formats"},
    {"builds", "server"},
    {"cli"},
    {"__main__"},
]
FLOORS = dict(enumerate(_ORDER))
# A library is imported by its home alone, so that it can be replaced there.
HOMES = {
    "ahocorasick_rs": {"lexicon"},
    "jieba": {"words"},
    "rjieba": {"words"},
    "rdflib": {"rdf", "exports", "validation"},
    "pyshacl": {"validation"},
    "pyoxigraph": {"store"},
    "networkx": {"network", "page", "exports"},
    "rustworkx": {"page"},
    "threadpoolctl": {"judging"},
    "pyvis": {"page"},
    "jinja2": {"page"},
    "pypinyin": {"page", "search"},
    "fastapi": {"server"},
    "starlette": {"server"},
    "pydantic": {"server"},
    "uvicorn": {"server"},
    "click": {"cli"},
    "msgspec": {"records", "archives", "blocks", "caches", "partitions"},
    "pyarrow": {"exports"},
    "dask": {"partitions", "formats"},
    "distributed": {"partitions", "formats"},
    "trafilatura": {"articles"},
    "charset_normalizer": {"articles"},
    "frontmatter": {"articles"},
    "docx": {"articles"},
    "pypdf": {"articles"},
    "opencc": {"articles"},
}

MODULES = sorted(PACKAGE.rglob("*.py"))
FLOOR_OF = {name: floor for floor, names in FLOORS.items() for name in names}


def home_of(path: Path) -> str:
    """Return the first name under ``kg`` of a module's file."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every module imported anywhere in a file, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module == "kg":
                yield from ((f"kg.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield module, node.lineno


def test_the_package_is_found() -> None:
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_floors_below(path: Path) -> None:
    home = home_of(path)
    if home == "__init__":  # its lazy names point everywhere
        return
    assert home in FLOOR_OF, f"give {home} a floor in {Path(__file__).name}"
    for module, line in imports_of(path):
        if module.startswith("kg."):
            other = module.split(".")[1]
            below = other == "__version__" or other == home or FLOOR_OF.get(other, 99) < FLOOR_OF[home]
            assert below, f"{path.name}:{line}: {home} must not import kg.{other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_library_is_imported_only_at_its_home(path: Path) -> None:
    for module, line in imports_of(path):
        homes = HOMES.get(module.split(".")[0])
        if homes is not None:
            assert home_of(path) in homes, f"{path.name}:{line}: {module} belongs to {', '.join(homes)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_module_says_why_it_exists(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), f"{path.name} has no docstring"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_word_list_hides_in_code(path: Path) -> None:
    """Chinese words are data: they stand in ``ontology/``, where they are checked and explained."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
            items = node.keys if isinstance(node, ast.Dict) else node.elts
            words = [i.value for i in items if isinstance(i, ast.Constant) and isinstance(i.value, str)]
            chinese = [word for word in words if len(word) > 1 and any("一" <= c <= "鿿" for c in word)]
            assert len(chinese) < 8, f"{path.name}:{node.lineno}: {chinese[:3]}… belong in ontology/"
