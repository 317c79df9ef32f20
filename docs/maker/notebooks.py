"""Scripts in percent form as notebooks, executed in a kernel of the interpreter that runs this."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import jupytext
import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from traitlets import default

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = tuple(sorted((ROOT / "examples" / "notebooks").glob("*.py")))
LONGEST_CELL = 600  # seconds; a cell that hangs ends the build instead of holding it for ever
TRANSPORT = "ipc" if os.name == "posix" else "tcp"  # files instead of ports, where there are such
FIGURE = "application/vnd.plotly.v1+json"


class OwnInterpreter(KernelSpecManager):
    """Whatever kernel is asked for, it is the interpreter that asks: none has to be installed."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The kernel of this interpreter."""
        words = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=words, display_name="Python 3", language="python")


class OwnKernel(AsyncKernelManager):
    """A manager that starts no kernel but our own."""

    @default("kernel_spec_manager")
    def _own_interpreter(self) -> KernelSpecManager:
        return OwnInterpreter(parent=self)


def notebook_of(script: Path) -> nbformat.NotebookNode:
    """The notebook of a script; the same cells have the same names each time."""
    made = jupytext.read(script)
    for number, cell in enumerate(made.cells):
        cell["id"] = f"{script.stem}-{number}"
    made.metadata.pop("jupytext", None)
    return made


def execute(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """The notebook with its outputs, run from top to bottom in `folder`; raises CellExecutionError.

    Figures are kept as data alone: the kernel's own way to draw them would put Plotly into each notebook, and
    beside each figure a line that asks a server for fonts of formulas.
    """
    with tempfile.TemporaryDirectory(prefix="xt-") as home:  # nobody's profile, history or list of kernels
        client = NotebookClient(
            notebook,
            km=OwnKernel(connection_file=str(Path(home) / "kernel.json"), transport=TRANSPORT),
            timeout=LONGEST_CELL,
            record_timing=False,
            resources={"metadata": {"path": str(folder)}},
        )
        environment = {**os.environ, "IPYTHONDIR": home, "PLOTLY_RENDERER": "plotly_mimetype"}
        client.execute(env=environment, cleanup_kc=True)
    return notebook


def complaints(notebook: nbformat.NotebookNode) -> list[str]:
    """What cells wrote on stderr: warnings, and whatever else nobody should see."""
    return [
        output["text"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output["output_type"] == "stream" and output["name"] == "stderr"
    ]
