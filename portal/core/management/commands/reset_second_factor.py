from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.access.factors import switch_off
from portal.core.access.sessions import end_sessions
from portal.core.models import EndReason, User


class Command(BaseCommand):
    help = "Gỡ đăng nhập hai bước của một tài khoản, khi quản trị viên cuối cùng mất cả điện thoại và mã dự phòng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="tên đăng nhập")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"Không có tài khoản {options['username']}.")
        switch_off(user=user, by=None)
        end_sessions(user=user, because=EndReason.REVOKED)
        self.stdout.write(f"Đã gỡ. Lần sau {user.username} vào bằng mật khẩu, máy sẽ dẫn đặt lại bước hai.")
