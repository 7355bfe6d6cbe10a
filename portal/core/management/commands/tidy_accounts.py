from typing import Any

from django.core.management.base import BaseCommand

from portal.core.access.accounts import IDLE_DAYS, close_idle_accounts
from portal.core.access.sessions import close_stale_sessions
from portal.core.access.tries import delete_old_tries


class Command(BaseCommand):
    help = f"Ngừng tài khoản không đăng nhập {IDLE_DAYS} ngày, dọn phiên đăng nhập và lần nhập sai đã cũ."

    def handle(self, **options: Any) -> None:
        closed = close_idle_accounts()
        names = ", ".join(user.username for user in closed)
        self.stdout.write(f"Đã ngừng {len(closed)} tài khoản. {names}".strip())
        close_stale_sessions()
        delete_old_tries()
