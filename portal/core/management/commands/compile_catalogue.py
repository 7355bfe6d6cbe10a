from typing import Any

from django.core.management.base import BaseCommand

from portal.core.catalogue import compile_stale


class Command(BaseCommand):
    """Compiles the Vietnamese catalogue where its source has changed; costs nothing when it has not."""

    help = "Biên dịch bản tiếng Việt của màn hình quản trị (locale/) khi có thay đổi."
    # It runs before anything else is ready.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_stale():
            self.stdout.write(f"compiled {path.name}")
