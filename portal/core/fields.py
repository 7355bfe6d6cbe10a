"""Model fields of our own."""

import json
from typing import Any

from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """A StreamField whose block definitions stay out of migrations.

    Wagtail writes every block into every migration; a year of edits to blocks is then tens of thousands of
    lines. In a migration this field has no blocks and keeps the stored JSON as it is, so that a data migration
    that saves a page loses nothing.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

    def to_python(self, value: Any) -> Any:
        if self.stream_block.child_blocks or not isinstance(value, (str, list)):
            return super().to_python(value)
        raw = json.loads(value or "[]") if isinstance(value, str) else value
        return StreamValue(self.stream_block, raw, is_lazy=True)
