"""``python -m xenotime.talks.belief``: fit the parameters on the record to 2024 and freeze them."""

from __future__ import annotations

from xenotime.talks.belief.frozen import freeze

if __name__ == "__main__":
    print(freeze())
