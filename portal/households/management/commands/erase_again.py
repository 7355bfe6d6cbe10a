from typing import Any

from django.core.management.base import BaseCommand

from portal.core.backups.erased import noted_erasures
from portal.households.services.erasure import erase_again


class Command(BaseCommand):
    help = "Xóa lại các gia đình đã xin xóa mà bản phục hồi đem về; xóa rồi thì không đổi gì."

    def handle(self, **_options: Any) -> None:
        codes = erase_again(noted_erasures())
        for code in codes:
            self.stdout.write(f"Đã xóa lại: {code}")
        self.stdout.write(f"Gia đình đã xin xóa, nay xóa lại: {len(codes)}.")
