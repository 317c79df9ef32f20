"""Write the pages of the documentation that are read off code and data; ``maker.pages`` lists them.

With ``--check`` nothing is written and a stale page is an error; a test calls the same `stale_pages`.
"""

from __future__ import annotations

import sys

from maker.pages import stale_pages, write_pages

__all__ = ["stale_pages"]


def main() -> None:
    """Write the pages, or with ``--check`` only say which are stale."""
    if "--check" in sys.argv[1:]:
        stale = stale_pages()
        sys.exit(f"stale: {', '.join(stale)}; run `make docs`" if stale else 0)
    for name in write_pages():
        print(f"wrote docs/{name}")


if __name__ == "__main__":
    main()
