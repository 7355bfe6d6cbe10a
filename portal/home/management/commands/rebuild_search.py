"""Fill the readers' search anew from the pages."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from portal.home.search.indexing import refresh


class Command(BaseCommand):
    """Run it after a change of what pages are found by; day by day the search keeps itself up."""

    help = "Lập lại mục lục tìm kiếm của bà con từ các trang đang đăng."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = refresh(Page.objects.all())
        self.stdout.write(f"Đã lập mục lục tìm kiếm cho {count} trang.")
