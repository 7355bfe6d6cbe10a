"""`manage.py seal_rounds`: seals the list of every round whose time is over; to be run every minute."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.campaign.services.closing import seal_due_rounds


class Command(BaseCommand):
    """Seals what is due, before the outside number of the draw is known."""

    help = "Chốt danh sách các vòng minigame đã hết giờ nhận bài. Chạy mỗi phút; chốt rồi thì không chốt lại."

    def handle(self, *_args: Any, verbosity: int = 1, **_options: Any) -> None:
        for sealed in seal_due_rounds():
            if verbosity:
                self.stdout.write(f"Đã chốt danh sách: {sealed.round}, dấu {sealed.digest}")
