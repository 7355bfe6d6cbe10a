from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.audit import broken_lines
from portal.core.models import AuditEntry


class Command(BaseCommand):
    help = "Kiểm tra nhật ký: có dòng nào bị sửa hay bị bỏ không. Thấy thì nêu từng dòng và kết thúc với mã 1."

    def handle(self, **_options: Any) -> None:
        count = AuditEntry.objects.count()
        broken = list(broken_lines())
        for line in broken:
            self.stdout.write(line)
        if broken:
            raise CommandError(f"Nhật ký không còn nguyên: {len(broken)} chỗ.", returncode=1)
        self.stdout.write(f"Nhật ký còn nguyên: {count} dòng nối nhau từ đầu đến cuối.")
