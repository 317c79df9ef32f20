"""All a job found in one archive: its data, its tables for a spreadsheet, the brief and the report."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from fastapi import APIRouter, Response

from xenotime.report.envelope import to_json
from xenotime.report.page import whole_page
from xenotime.web.desk import Desk, Owner, TheDesk
from xenotime.web.documents import document_of, is_table, shown_of
from xenotime.web.jobs import Job
from xenotime.web.pages.jobs import JobName
from xenotime.web.pages.results import NONE_YET, brief_text, to_csv

router = APIRouter()
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the same files give the same archive, whenever it is made


@router.get("/api/jobs/{name}/all.zip", responses=NONE_YET)
def everything(name: JobName, desk: TheDesk, owner: Owner) -> Response:
    """The archive."""
    job = desk.job(owner, name)
    headers = {"content-disposition": f'attachment; filename="xenotime-{job.kind}-{job.job[:8]}.zip"'}
    return Response(archive(_files(desk, job)), media_type="application/zip", headers=headers)


def _files(desk: Desk, job: Job) -> dict[str, str]:
    document: dict[str, Any] = document_of(desk, job)
    tables = {name: rows for name, rows in document["data"].items() if is_table(rows)}
    return {
        "document.json": to_json(document),
        "brief.html": brief_text(desk, job),
        "report.html": whole_page(shown_of(desk, job).content),
        **{f"tables/{name}.csv": to_csv(rows) for name, rows in tables.items()},
    }


def archive(files: dict[str, str]) -> bytes:
    """Files by name as one zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, text)
    return out.getvalue()
