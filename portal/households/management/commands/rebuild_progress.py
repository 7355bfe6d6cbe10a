from typing import Any

from django.core.management.base import BaseCommand

from portal.households.services.progress import rebuild_progress


class Command(BaseCommand):
    help = (
        "Đếm lại số liệu tiến độ của mọi ngày từ lượt thăm, phiếu đăng ký, biến động và quyết định. Chạy hằng đêm; "
        "bình thường không có số nào phải sửa."
    )

    def handle(self, **_options: Any) -> None:
        wrong, total = rebuild_progress()
        self.stdout.write(f"Đã đếm lại {total} hộ, {wrong} số phải sửa.")
