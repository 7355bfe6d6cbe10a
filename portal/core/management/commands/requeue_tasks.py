from typing import Any

from django.core.management.base import BaseCommand

from portal.core.lost_tasks import requeue_lost_tasks


class Command(BaseCommand):
    help = "Trả về hàng đợi những việc nền mà tiến trình đang làm thì chết."
    requires_system_checks = []

    def handle(self, **_options: Any) -> None:
        self.stdout.write(f"Xếp hàng lại: {requeue_lost_tasks()} việc.")
