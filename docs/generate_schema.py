"""Write ``docs/schema/*.schema.json`` from documents that commands write here; ten minutes on one core.

Not part of `make docs`: run it when a document gains or loses a table.  Tests hold cheap documents to the
schemas.  With a folder as argument, documents found in it are taken and only missing ones are made.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from maker.schema import write_schema
from xenotime.ensembles.frozen import load_frozen
from xenotime.report.backtested import predictions_document
from xenotime.report.envelope import envelope

ROOT = Path(__file__).resolve().parents[1]
GALLIUM = ROOT / "examples" / "gallium-2023"
WORLDS = ROOT / "tests" / "published" / "worlds"
# In order; {out} is the folder of the documents. Worlds and cases are small where that shows every table.
COMMANDS = {
    "world": "world init {out}/world",
    "solve.1": "solve {out}/world --json {out}/solve.1.json",
    "solve.2": "solve {worlds}/dantzig_1963_desks --json {out}/solve.2.json",
    "solve.3": "solve {worlds}/krugman_2009_wheat_quota --json {out}/solve.3.json",
    "solve.4": "solve {worlds}/williams_2013_food --json {out}/solve.4.json",
    "solve.5": "solve {gallium}/world --json {out}/solve.5.json",
    "run.1": "run april-2025 --months 6 --out {out}/april --json {out}/run.1.json",
    "run.2": "run mp-floor --months 5 --out {out}/floor --json {out}/run.2.json",
    "run.3": "run busan-truce --months 2 --json {out}/run.3.json",
    "run.4": "run {gallium}/gallium-2023.toml --world {gallium}/world --months 12 --draws 16 "
    "--json {out}/run.4.json",
    "run.5": "run allied-stockpile --months 5 --json {out}/run.5.json",
    "run.6": "run price-floor-club --months 2 --json {out}/run.6.json",
    "run.7": "run fast-permits --months 1 --json {out}/run.7.json",
    "run.8": "run quota-2010 --months 2 --json {out}/run.8.json",
    "explain.1": "explain {out}/april --material Dy_oxide --region DEU --month 2025-05 "
    "--json {out}/explain.1.json",
    "explain.2": "explain {out}/april --material Nd_oxide --region CHN --month 2025-05 "
    "--json {out}/explain.2.json",
    "compare.1": "compare {out}/run.1.json {out}/run.2.json --json {out}/compare.1.json",
    "ensemble.1": "ensemble {gallium}/gallium-2023.toml --world {gallium}/world --draws 24 --out {out}/draws "
    "--json {out}/ensemble.1.json",
    "backtest.1": "backtest all --json {out}/backtest.1.json",
    "read.1": "read {root}/docs/reader_article.txt --json {out}/read.1.json",
    "read.2": "read {root}/docs/reader_article.txt --run --json {out}/read.2.json",
    "ledger.1": "ledger --json {out}/ledger.1.json",
    "ledger.2": "ledger --at 2025-11-30 --json {out}/ledger.2.json",
    "leverage.1": "leverage --by CHN --on USA --case {gallium}/gallium-2023.toml --world {gallium}/world "
    "--json {out}/leverage.1.json",
    "bargain.1": "bargain prisoners-dilemma --json {out}/bargain.1.json",
    "bargain.2": "bargain allied-pool --json {out}/bargain.2.json",
    "bargain.3": "bargain busan-2025 --json {out}/bargain.3.json",
    "exposure.1": "exposure motor-maker --json {out}/exposure.1.json",
    "exposure.2": "exposure motor-maker --case april-2025 --json {out}/exposure.2.json",
    "project.1": "project eneabba --json {out}/project.1.json",
    "project.2": "project mp_sep --case mp-floor --months 3 --no-effect --json {out}/project.2.json",
    "plan.1": "plan --sponsor USA --budget 30e6 --months 6 --packages 8 --json {out}/plan.1.json",
    "facts.1": "facts dysprosium --json {out}/facts.1.json",
    "facts.2": "facts japan --json {out}/facts.2.json",
}


def make(out: Path) -> None:
    """Make every document that `out` does not hold yet."""
    for name, words in COMMANDS.items():
        if (out / f"{name}.json").exists() or (out / name).is_dir():
            continue
        print(name, flush=True)
        filled = [word.format(out=out, gallium=GALLIUM, root=ROOT, worlds=WORLDS) for word in words.split()]
        subprocess.run([sys.executable, "-m", "xenotime", *filled], check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def documents(out: Path) -> dict[str, list[dict[str, object]]]:
    """The documents by kind, with those that are on record and need no command."""
    found: dict[str, list[dict[str, object]]] = {}
    for path in sorted(out.glob("*.*.json")):
        found.setdefault(path.name.split(".")[0], []).append(json.loads(path.read_text(encoding="utf-8")))
    frozen = load_frozen()
    data = ROOT / "src" / "xenotime" / "data"
    records = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((data / "predictions").glob("*.json"))
    ]
    found["predictions"] = [predictions_document(records, frozen.sha256)]
    found["fit"] = [envelope("fit", frozen.record["observed_sha256"], dict(frozen.record))]
    return found


def main() -> None:
    """Make documents, then schemas."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch)
        make(out)
        for kind, samples in documents(out).items():
            print(f"wrote {write_schema(kind, samples).relative_to(ROOT)} from {len(samples)} documents")


if __name__ == "__main__":
    main()
