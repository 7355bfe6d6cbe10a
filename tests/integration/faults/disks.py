"""A disk that is full and has room again: a small one of memory, where this machine lets us mount one."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.running_site import RunningSite, alive_in_session


@dataclass
class MountedDisk:
    """A file system of its own of so many megabytes."""

    folder: Path

    def fill(self, _site: RunningSite) -> None:
        """To the last page: whatever grows from now on meets ENOSPC."""
        with (self.folder / "ballast").open("ab", buffering=0) as ballast:
            for piece in (1 << 20, 4096):
                try:
                    while ballast.write(bytes(piece)) == piece:
                        pass
                except OSError:
                    continue

    def make_room(self, _site: RunningSite) -> None:
        (self.folder / "ballast").unlink()


@dataclass
class LimitedDisk:
    """An ordinary folder; no process of the site may write to a file any more. What it meets is EFBIG."""

    folder: Path

    def fill(self, site: RunningSite) -> None:
        self._limit(site, 0)

    def make_room(self, site: RunningSite) -> None:
        self._limit(site, resource.RLIM_INFINITY)

    def _limit(self, site: RunningSite, size: int) -> None:
        for process_id in alive_in_session(site.process.pid):
            resource.prlimit(process_id, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


Disk = MountedDisk | LimitedDisk


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """A disk at `folder`, taken away afterwards."""
    if os.geteuid() == 0 and _mount(folder, megabytes):
        try:
            yield MountedDisk(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
        return
    yield LimitedDisk(folder)


def _mount(folder: Path, megabytes: int) -> bool:
    options = f"size={megabytes}m,mode=0755"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", os.fspath(folder)]
    return subprocess.run(command, capture_output=True).returncode == 0
