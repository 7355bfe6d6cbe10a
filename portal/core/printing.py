"""Printed papers by Typst: data go in as JSON, never as markup; fonts are ours, so every machine prints the same."""

import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst

FONTS = Path(__file__).parent / "fonts"


def compiled_pdf(template: Path, given: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
    """The template's paper as a PDF that screen readers understand (PDF/UA); it reads `given` from sys.inputs.

    `files` are pictures by name, which the template finds beside itself.
    """
    if files:
        with tempfile.TemporaryDirectory() as folder:
            for name, content in files.items():
                (Path(folder) / name).write_bytes(content)
            return compiled_pdf(Path(shutil.copy(template, folder)), given)
    compiled = typst.compile(
        template,
        format="pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
    )
    if not isinstance(compiled, bytes):
        raise ValueError("a PDF is one file")
    return compiled


def square_code(text: str) -> str:
    """A QR code as SVG, for a paper."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", border=2, dark="#171a33", light="#fff", xmldecl=False, svgns=True
    )
    return drawn.getvalue().decode()
