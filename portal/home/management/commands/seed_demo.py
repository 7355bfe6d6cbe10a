"""`manage.py seed_demo`: the sample content of a fresh start."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.home.demo.seeding import is_fresh, seed


class Command(BaseCommand):
    """Fills an empty column once; a column that people have touched is left alone."""

    help = "Nạp bài mẫu, tranh, bản nghe, minigame và 14 thôn mẫu vào một chuyên mục còn trống."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if is_fresh():
            self.stdout.write(f"Đã nạp dữ liệu mẫu: {seed()} trang.")
        else:
            self.stdout.write("Chuyên mục đã có nội dung: không nạp dữ liệu mẫu.")
