from typing import Any

from django.core.management.base import BaseCommand

from portal.home.links.services import check_links


class Command(BaseCommand):
    help = "Soát liên kết trong các trang đã đăng; liên kết ngoài thì hỏi lần lượt từng trang."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{check_links()} liên kết hỏng.")
