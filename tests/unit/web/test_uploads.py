"""Whatever is brought: refused or neutralised with a clear word, and no path of ours in it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unit.web.benches import SMALL, desk_of, visitor
from xenotime.web.pages.results import FORMULA, to_csv
from xenotime.web.worker import work_on

HEADER = b"product,part,quantity,material,mass,mass_unit\n"
ROW = b"motor,MAG,2,NdFeB magnet,10,g\n"


def outcome(store: Path, name: str, data: bytes) -> dict[str, object]:
    """What becomes of a bill that is brought: the job's outcome, or the form's own refusal."""
    client = visitor(store)
    answer = client.post("/company", files={"bill": (name, data)}, follow_redirects=False)
    if answer.status_code != 303:
        assert answer.status_code == 422
        return {"state": "refused", "text": answer.text}
    (job,) = desk_of(client).shelf.everyone()
    folder = desk_of(client).shelf.folder(job)
    work_on(folder)
    return dict(json.loads((folder / "outcome.json").read_text("utf-8")))


@given(
    data=st.binary(max_size=400) | st.text(max_size=200).map(str.encode),
    tail=st.sampled_from(["csv", "xlsx", ""]),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_break_a_job_or_are_our_fault(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, tail: str
) -> None:
    store = tmp_path_factory.mktemp("store")
    found = outcome(store, f"bill.{tail}", data)
    assert "fault of xenotime" not in str(found)
    assert str(store) not in str(found)


@pytest.mark.parametrize(
    "data", [b"\x7fELF\x00\x00" * 50, b"\x89PNG\r\n\x1a\n\x00" + bytes(500), bytes(2000)]
)
def test_a_binary_file_is_refused_with_its_name(tmp_path: Path, data: bytes) -> None:
    found = outcome(tmp_path, "holiday.csv", data)
    assert found["state"] in ("failed", "refused")
    assert "binary" in str(found)
    assert "holiday.csv" in str(found)


def test_an_archive_that_unpacks_to_far_too_much_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(300 << 20))
    assert len(packed.getvalue()) < 1 << 20
    found = outcome(tmp_path, "bill.xlsx", packed.getvalue())
    assert found["state"] == "failed"
    assert str(found["problems"]) != "[]"
    assert "fault of xenotime" not in str(found)


def test_formulas_of_a_bill_come_back_as_text(tmp_path: Path) -> None:
    bad = '=HYPERLINK("http://evil.example","x")'
    bill = HEADER + ROW + f'"{bad.replace(chr(34), chr(34) * 2)}",@SUM(A1),1,NdFeB magnet,5,g\n'.encode()
    client = visitor(tmp_path)
    client.post("/company", files={"bill": ("bill.csv", bill)})
    (job,) = desk_of(client).shelf.everyone()
    folder = desk_of(client).shelf.folder(job)
    work_on(folder)
    data = json.loads((folder / "document.json").read_text("utf-8"))["data"]
    tables = [rows for rows in data.values() if isinstance(rows, list) and rows and isinstance(rows[0], dict)]
    assert bad in json.dumps(data, ensure_ascii=False).replace('\\"', '"')
    for rows in tables:
        for row in csv.reader(io.StringIO(to_csv(rows), newline="")):
            for cell in row:
                assert (
                    not cell.startswith(FORMULA)
                    or cell.replace(".", "").replace("e-", "").lstrip("-").isdigit()
                )


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(tmp_path: Path) -> None:
    client = visitor(tmp_path, limits=SMALL)
    answer = client.post("/company", files={"bill": ("bill.csv", HEADER + ROW * 400)})
    assert answer.status_code == 413
    assert not list((tmp_path / "visitors").rglob("bill*"))


def test_two_visitors_with_one_file_name_have_two_files(tmp_path: Path) -> None:
    from unit.web.benches import same_bench

    one = visitor(tmp_path)
    other = same_bench(one)
    for client, more in ((one, b""), (other, ROW)):
        client.post("/company", files={"bill": ("../../bill.csv", HEADER + ROW + more)})
    files = sorted((tmp_path / "visitors").glob("*/*/bill.csv"))
    assert sorted(len(file.read_bytes()) for file in files) == [len(HEADER + ROW), len(HEADER + ROW * 2)]
    assert [len(client.get("/api/jobs").json()) for client in (one, other)] == [1, 1]
    assert not (tmp_path.parent / "bill.csv").exists()
