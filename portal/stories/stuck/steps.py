"""The steps of a guide by the name that stays while they are moved, reworded and published again."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.html import strip_tags

from portal.households.help_topics import HelpTopic
from portal.stories.models import GuidePage
from portal.stories.stuck.keys import about_step


@dataclass(frozen=True)
class Step:
    """A step where it stands today."""

    guide: GuidePage
    uuid: UUID
    number: int
    value: Any

    @property
    def title(self) -> str:
        """The one action."""
        return str(self.value["title"])

    @property
    def name(self) -> str:
        """As it is spoken of: “Bước 3: Bấm nút xanh”."""
        return f"Bước {self.number}: {self.title}"

    @property
    def path(self) -> str:
        """Where a reader finds it."""
        return f"{self.guide.url}buoc-{self.number}/"

    @property
    def about(self) -> str:
        """What requests for help about this step carry."""
        return about_step(self.guide.pk, self.uuid)

    @property
    def wording(self) -> str:
        """Digest of what a reader sees and hears of it; what only the editor sees makes no difference."""
        picture, recording = self.value["picture"], self.value["recording"]
        said = [
            self.title,
            *(" ".join(strip_tags(self.value[part].source).split()) for part in ("text", "tip")),
            picture.pk if picture else None,
            recording.pk if recording else None,
        ]
        return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def steps_of(guide: GuidePage) -> dict[UUID, Step]:
    """{stable id: step}, in the order of the page."""
    return {
        UUID(block.id): Step(guide, UUID(block.id), number, block.value)
        for number, block in enumerate(guide.steps, start=1)
    }


def step_of(guide: GuidePage, typed: str) -> Step | None:
    """The step that this id names; None where it is none of this guide's."""
    try:
        return steps_of(guide).get(UUID(typed))
    except ValueError:
        return None


def topic_of_step(key: str) -> HelpTopic | None:
    """What a request for help says when it comes from a step that is public today."""
    number, _colon, step_id = key.partition(":")
    guide = GuidePage.objects.live().filter(pk=number).first() if number.isascii() and number.isdecimal() else None
    step = step_of(guide, step_id) if guide else None
    return HelpTopic(f"{step.guide.title}, bước {step.number}: {step.title}", step.path) if step else None
