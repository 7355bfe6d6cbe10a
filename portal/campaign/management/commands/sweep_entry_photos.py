"""`manage.py sweep_entry_photos`: pictures of entries that were never sent go when their round is over."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.campaign.services.photos import sweep_waiting


class Command(BaseCommand):
    """Safe to run at any time, and every minute."""

    help = "Xóa ảnh chờ của những bài dự thi không gửi, khi vòng đã hết giờ nhận."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"Đã xóa {sweep_waiting()} ảnh chờ.")
