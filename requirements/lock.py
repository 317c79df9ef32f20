"""Write the three locks: hashed, for every platform, without the address of any index.

The widest set is resolved first and binds the others, so one version of a package is used everywhere.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
EXTRAS = {
    "test": ("test", "bench", "netcdf", "cluster", "excel", "web", "docs"),
    "bench": ("bench",),
    "run": ("web", "excel"),
}


def lock(name: str, extras: tuple[str, ...], bound: Path | None) -> Path:
    """Resolve pyproject.toml with `extras` and the build back end into ``<name>.txt``."""
    target = FOLDER / f"{name}.txt"
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--fork-strategy", "fewest", "--generate-hashes", "--no-header", "--no-annotate"]
    command += ["--no-emit-index-url", "--no-emit-find-links"]
    command += ["--group", "pyproject.toml:build", "--output-file", str(target.relative_to(FOLDER.parent))]
    for extra in extras:
        command += ["--extra", extra]
    if bound is not None:
        command += ["--constraint", str(bound.relative_to(FOLDER.parent))]
    subprocess.run([*command, *sys.argv[1:], "pyproject.toml"], check=True, cwd=FOLDER.parent)
    return target


def main() -> None:
    """Lock all sets; further arguments (for example ``--upgrade``) go to uv."""
    bound: Path | None = None
    for name, extras in EXTRAS.items():
        written = lock(name, extras, bound)
        bound = bound or written


if __name__ == "__main__":
    main()
