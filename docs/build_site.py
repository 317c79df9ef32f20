"""Build the documentation as HTML that opens without a network: ``python docs/build_site.py OUT``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from maker.listings import write_listings
from maker.staging import ROOT, stage

CONF = Path(__file__).parent / "maker"


def build(target: Path) -> int:
    """Build into `target`, replacing a site there; returns Sphinx's exit code (warnings count)."""
    from sphinx.cmd.build import main as sphinx

    with tempfile.TemporaryDirectory() as scratch:
        staged = stage(Path(scratch) / "pages")
        made = Path(scratch) / "site"
        code = sphinx(
            [
                "-W",
                "--keep-going",
                "-q",
                "-E",
                "-n",
                "-b",
                "html",
                "-c",
                str(CONF),
                "-d",
                str(Path(scratch) / "trees"),
                str(Path(scratch) / "pages"),
                str(made),
            ]
        )
        if code == 0:
            write_listings(ROOT, made, staged.files)
            (made / ".buildinfo").unlink(missing_ok=True)
            if target.exists():
                shutil.rmtree(target)
            shutil.copytree(made, target)
    return code


def main() -> None:
    """Build where the command line says."""
    if len(sys.argv) != 2:
        sys.exit("say where to: python docs/build_site.py out/docs")
    target = Path(sys.argv[1])
    if target.exists() and any(target.iterdir()) and not (target / "searchindex.js").is_file():
        sys.exit(f"{target} holds something that is not a site; give an empty or new folder")
    code = build(target)
    if code == 0:
        print(f"{target / 'index.html'} opens in a browser without a network")
    sys.exit(code)


if __name__ == "__main__":
    main()
