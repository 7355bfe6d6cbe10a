"""What the workers of a web server take of the machine's memory."""

import subprocess
from pathlib import Path

#: Megabytes of one worker.
MOST_PSS = 150.0


def workers_of(server: "subprocess.Popen[bytes]") -> list[int]:
    """Process ids of its children (proc_pid_task_children(5))."""
    return [int(word) for word in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]


def pss_megabytes(server: "subprocess.Popen[bytes]") -> list[float]:
    """Of each worker: its own pages, and its share of those that it has in common with others."""
    found = []
    for process_id in workers_of(server):
        text = Path(f"/proc/{process_id}/smaps_rollup").read_text()
        found += [int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")]
    return found


def told(server: "subprocess.Popen[bytes]", after: str) -> bool:
    """Print the line; false when a worker takes too much."""
    found = pss_megabytes(server)
    told = ", ".join(f"{size:.0f}" for size in found)
    print(f"PSS of each worker {after}: {told} MB, at most {MOST_PSS:.0f} {'' if max(found) <= MOST_PSS else ' MISS'}")
    return max(found) <= MOST_PSS
