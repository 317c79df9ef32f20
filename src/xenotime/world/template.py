"""A small complete world of an invented mineral, for users to start from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from xenotime.world.write import write_folder


def init_world(folder: str | Path) -> tuple[Path, ...]:
    """Write the starter world into `folder`; return its files.

    Raises
    ------
    InputProblems : the folder is there and not empty, or cannot be made
    """
    starter = files("xenotime.world") / "starter"
    texts = {item.name: item.read_bytes() for item in starter.iterdir() if item.is_file()}

    def fill(target: Path) -> None:
        for name, text in texts.items():
            (target / name).write_bytes(text)

    made = write_folder(Path(folder), fill)
    return tuple(made / name for name in sorted(texts))
