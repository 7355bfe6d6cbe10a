"""How every household lay on a day: what a close keeps of each, by code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.households.models import ProgressCourse
from portal.households.progress.contents import canonical, digest_of_text
from portal.households.progress.counting import Heap, Step
from portal.households.progress.courses import unpack
from portal.households.progress.facts import village_in_charge
from portal.households.selectors.progress_facts import village_facts


@dataclass(frozen=True)
class KeptRow:
    """One household on the register that day."""

    household: int
    code: str
    village: int
    heaps: dict[str, Heap]

    @property
    def digest(self) -> str:
        """SHA-256 over all that the row says."""
        return digest_of_text(canonical([self.code, self.village, self.heaps]))


def rows_on(day: date) -> Iterator[KeptRow]:
    """Every household listed on that day, read through merges as they stand now. Two queries."""
    villages = village_facts()
    courses = ProgressCourse.objects.exclude(steps=[]).order_by("pk").values_list("pk", "household__code", "steps")
    for pk, code, packed in courses.iterator(chunk_size=2000):
        step = _step_on(unpack(packed), day)
        if step is not None and step.village is not None:
            yield KeptRow(pk, code, village_in_charge(villages, step.village, day), dict(step.heaps))


def _step_on(steps: list[Step], day: date) -> Step | None:
    known = [step for step in steps if step.day <= day]
    return known[-1] if known else None
