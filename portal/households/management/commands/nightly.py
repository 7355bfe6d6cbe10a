from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.households.selectors.periods import cutoff_day
from portal.households.selectors.tallies import kept_cutoff
from portal.households.services.retention import delete_old_evidence


class Command(BaseCommand):
    help = "Việc mỗi đêm của sổ hộ: tính lại tình trạng của mọi hộ, xóa ảnh làm chứng quá hạn giữ."

    def handle(self, **options: Any) -> None:
        call_command("rebuild_standing", stdout=self.stdout)
        if kept_cutoff() != cutoff_day():
            # Periods end on another day than the one by which deeds were counted.
            call_command("rebuild_progress", stdout=self.stdout)
        self.stdout.write(f"Đã xóa {delete_old_evidence()} ảnh làm chứng quá hạn.")
