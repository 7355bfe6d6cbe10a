from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.home import serving

JOBS = {"minute": serving.do_what_is_due, "night": serving.tidy_register}


class Command(BaseCommand):
    help = "Việc đến giờ: mỗi phút (đăng bài hẹn giờ, chốt vòng) hoặc mỗi đêm. Máy chủ gọi theo lịch của systemd."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("which", choices=JOBS)

    def handle(self, *, which: str, **_options: Any) -> None:
        if not JOBS[which]():
            raise CommandError("Có việc chưa xong; lỗi ghi ở trên. Lần sau làm lại.")
