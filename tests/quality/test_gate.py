"""Extraction keeps the quality it has reached; see ``gate.py``."""

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


def _load_gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gate", HERE / "gate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


gate = _load_gate()
FLOORS = gate.read_floors()


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    measured: dict[str, float] = gate.figures_of(gate.measure())
    return measured


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_figure_is_not_below_its_floor(name: str, figures: dict[str, float]) -> None:
    assert figures[name] >= FLOORS[name], "see the error browser: kg evaluate --help"


def test_every_figure_has_a_floor(figures: dict[str, float]) -> None:
    assert sorted(figures) == sorted(FLOORS)


def test_a_floor_is_never_lowered_by_raising() -> None:
    assert gate.raise_floors({"pairs": 0.9}, {"pairs": 0.1}) == {"pairs": 0.9}


def test_a_floor_is_lowered_only_with_a_reason() -> None:
    """Compare with the floors of the last commit, where there is one."""
    path = HERE.relative_to(gate.ROOT).as_posix() + "/floors.json"
    git = shutil.which("git")
    if git is None:
        pytest.skip("no git to compare with")
    shown = subprocess.run([git, "show", f"HEAD:{path}"], cwd=gate.ROOT, capture_output=True, check=False)
    if shown.returncode:
        pytest.skip("no commit to compare with")
    before = json.loads(shown.stdout)
    now = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
    reasons = {entry["name"] for entry in now["lowered"] if entry.get("reason")}
    lowered = {name for name, floor in before["floors"].items() if now["floors"].get(name, 0.0) < floor}
    assert lowered <= reasons
