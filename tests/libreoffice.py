"""The real LibreOffice, without its windows: files go through it as through a clerk's own program."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

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
        answer = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        made = [folder / f"{file.stem}.{to.partition(':')[0]}" for file in files]
        missing = [file.name for file in made if not file.exists()]
        if missing:
            raise RuntimeError(f"LibreOffice made no {', '.join(missing)}: {answer.stdout}{answer.stderr}")
        return made
