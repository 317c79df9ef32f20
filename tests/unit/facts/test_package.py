"""The descriptor of the data package equals what the tables generate, and another program agrees with it."""

from __future__ import annotations

import json
import shutil
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from frictionless import Package, system

from xenotime.facts.package import main, package_text
from xenotime.facts.page import page_text

DATA = Path(str(files("xenotime") / "data"))
DOCS = Path(__file__).parents[3] / "docs"


def test_the_shipped_descriptor_is_up_to_date() -> None:
    shipped = (DATA / "datapackage.json").read_text(encoding="utf-8")
    assert shipped == package_text(), "run `python -m xenotime.facts.package`"


def test_the_shipped_page_is_up_to_date() -> None:
    shipped = (DOCS / "facts.md").read_text(encoding="utf-8")
    assert shipped == page_text(), "run `python -m xenotime.facts.package --doc docs/facts.md`"


def test_observed_series_say_that_they_are_no_inputs() -> None:
    resources = json.loads(package_text())["resources"]
    observed = [resource for resource in resources if resource["path"].startswith("observed/")]
    assert len(observed) == 4
    assert all(resource["scoring_only"] for resource in observed)
    assert all("no inputs of any world" in resource["description"] for resource in observed)


def faults(folder: Path) -> list[list[object]]:
    """What frictionless finds wrong with the package in `folder`."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    with system.use_context(trusted=False):
        report = Package.from_descriptor(descriptor, basepath=str(folder)).validate()
    assert len(report.tasks) == len(descriptor["resources"])
    return report.flatten(["rowNumber", "fieldName", "type"])


def test_frictionless_finds_nothing_wrong_with_the_shipped_package() -> None:
    assert faults(DATA) == []


def test_frictionless_would_find_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("outlines"))
    text = (folder / "elements.csv").read_text(encoding="utf-8")
    (folder / "elements.csv").write_text(text.replace("light", "feather", 1), encoding="utf-8")
    assert faults(folder) == [[2, "group", "constraint-error"]]


def test_the_command_writes_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "facts.md"
    monkeypatch.setattr(sys, "argv", ["package", "--doc", str(target)])
    main()
    assert target.read_text(encoding="utf-8") == page_text()
