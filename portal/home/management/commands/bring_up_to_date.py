from typing import Any

from django.core.management.base import BaseCommand

from portal.home import serving


class Command(BaseCommand):
    help = "Đưa cơ sở dữ liệu lên phiên bản này, dựng trang gốc và ghi địa chỉ trang; đủ rồi thì không đổi gì."
    requires_system_checks = []

    def handle(self, **_options: Any) -> None:
        serving.bring_up_to_date()
