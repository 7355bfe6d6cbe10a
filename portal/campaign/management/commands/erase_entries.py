"""`manage.py erase_entries`: personal data of entries end on the day in their round's rules, of sign-ups soon after."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.campaign.services.erasing import erase_due_rounds, sweep_leftovers
from portal.campaign.services.signups import erase_old_signups


class Command(BaseCommand):
    """Safe to run at any time; what is erased stays erased."""

    help = (
        "Xóa thông tin người dự thi của những vòng đã đến ngày xóa, giữ mã, hạng và dấu; "
        "xóa tên, số điện thoại của buổi tập huấn đã qua 90 ngày; dọn tệp ảnh còn sót."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"Đã xóa thông tin của {len(erase_due_rounds())} vòng.")
        self.stdout.write(f"Đã xóa tên của {erase_old_signups()} đăng ký tập huấn.")
        self.stdout.write(f"Đã dọn {sweep_leftovers()} tệp ảnh còn sót.")
