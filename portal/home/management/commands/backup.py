from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.backups.refusals import BackupRefused
from portal.core.backups.taking import drop_old_archives, take_backup
from portal.households.digest import register_digest


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu, ảnh và tệp riêng vào một tệp có khóa, khi trang vẫn chạy; bỏ bản cũ theo lịch giữ."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, help="nơi để bản sao lưu; không ghi thì là BACKUP_DIR")
        parser.add_argument("--keep-all", action="store_true", help="không xóa bản cũ nào")

    def handle(self, *, folder: Path | None, keep_all: bool, **_options: Any) -> None:
        try:
            path, manifest = take_backup(register_digest, folder=folder)
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        rows = sum(table.rows for table in manifest.tables.values())
        self.stdout.write(f"Đã sao lưu: {path} ({path.stat().st_size / 1e6:.1f} MB), đọc lại nguyên vẹn.")
        self.stdout.write(f"{len(manifest.tables)} bảng, {rows} dòng, {len(manifest.files) - 1} tệp.")
        self.stdout.write(f"Dấu của sổ: {manifest.register_digest}")
        for name in manifest.gone:
            self.stdout.write(f"Tệp bị xóa trong lúc sao lưu: {name}")
        for old in [] if keep_all else drop_old_archives(folder):
            self.stdout.write(f"Đã bỏ bản cũ: {old.name}")
