"""The real LibreOffice, without its windows: files go through it as through a clerk's own program."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "portal" / "core" / "fonts"
#: Tinos is as wide as Times New Roman, letter by letter, and lies in the project: lines break alike on every machine.
FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <match target="pattern">
    <test name="family"><string>Times New Roman</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit>
  </match>
</fontconfig>
"""
NAMES = ("soffice", "libreoffice")
PATIENCE = 180  # seconds for a batch; a cold start alone may take ten


def find_soffice() -> str | None:
    """The program that SOFFICE_PATH or PATH leads to."""
    return os.environ.get("SOFFICE_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


@dataclass(frozen=True)
class LibreOffice:
    """Starts anew for each batch, so give it all files of a kind at once; its settings lie in a folder of its own."""

    program: str
    profile: Path

    def convert(self, files: Sequence[Path], to: str, folder: Path) -> list[Path]:
        """The files saved in another format (`xlsx`, `pdf`, …) into the folder, in the same order."""
        command = [self.program, f"-env:UserInstallation={self.profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", to, "--outdir", str(folder), *map(str, files)]
        fonts = self.profile / "fonts.conf"
        fonts.write_text(FONTS_CONF.format(folder=FONTS), encoding="utf-8")
        environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
        answer = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=environment)
        made = [folder / f"{file.stem}.{to.partition(':')[0]}" for file in files]
        missing = [file.name for file in made if not file.exists()]
        if missing:
            raise RuntimeError(f"LibreOffice made no {', '.join(missing)}: {answer.stdout}{answer.stderr}")
        return made
