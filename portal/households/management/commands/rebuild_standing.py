from typing import Any

from django.core.management.base import BaseCommand

from portal.households.selectors.standing import refresh_all_standings


class Command(BaseCommand):
    help = (
        "Tính lại số tiêu chí đạt của mọi hộ từ các lượt thăm. Chạy hằng đêm, và khi một bộ tiêu chí tới ngày áp dụng."
    )

    def handle(self, **_options: Any) -> None:
        changed, total = refresh_all_standings()
        self.stdout.write(f"Đã tính lại {total} hộ, {changed} hộ có thay đổi.")
