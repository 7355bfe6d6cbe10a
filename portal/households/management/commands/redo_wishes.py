from typing import Any

from django.core.management.base import BaseCommand

from portal.households.services.erasure import erase_again
from portal.households.services.withdrawals import withdraw_again


class Command(BaseCommand):
    help = "Làm lại điều các gia đình đã xin mà bản phục hồi không biết: thôi đồng ý, xóa. Làm rồi thì không đổi gì."

    def handle(self, **_options: Any) -> None:
        withdrawn, erased = withdraw_again(), erase_again()
        for code in withdrawn:
            self.stdout.write(f"Đã ghi lại việc thôi đồng ý: {code}")
        for code in erased:
            self.stdout.write(f"Đã xóa lại: {code}")
        self.stdout.write(f"Gia đình đã thôi đồng ý, nay ghi lại: {len(withdrawn)}.")
        self.stdout.write(f"Gia đình đã xin xóa, nay xóa lại: {len(erased)}.")
