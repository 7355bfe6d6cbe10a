from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.formats import date_format

from portal.core.backups.refusals import BackupRefused
from portal.core.backups.restoring import Proof, drill, restore
from portal.core.backups.taking import last_backup
from portal.core.page_cache import forget_pages
from portal.households.digest import register_digest


class Command(BaseCommand):
    help = "Phục hồi từ một bản sao lưu, hoặc tập phục hồi ở một nơi tạm (--drill); rồi so số dòng, dấu và tệp."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, nargs="?", help="tệp sao lưu; không ghi thì lấy bản mới nhất")
        parser.add_argument("--replace", action="store_true", help="thay hết dữ liệu đang có ở đây")
        parser.add_argument("--drill", action="store_true", help="tập: phục hồi vào nơi tạm rồi bỏ đi")

    def handle(self, *, archive: Path | None, replace: bool, drill: bool, **_options: Any) -> None:
        try:
            proof = self.bring_back(archive or newest(), replace=replace, is_drill=drill)
        except BackupRefused as error:
            raise CommandError(f"{error} Chưa ghi gì cả.") from error
        for line in told(proof):
            self.stdout.write(line)
        if not proof.is_whole:
            raise CommandError("Bản phục hồi KHÔNG khớp bản sao lưu.")
        if drill:
            self.stdout.write("Diễn tập đạt: bản sao lưu dùng được.")
        else:
            self.stdout.write("Đã phục hồi, khớp hết.")
            self.redo_wishes()

    def bring_back(self, archive: Path, *, replace: bool, is_drill: bool) -> Proof:
        """Restore for good or for the drill."""
        self.stdout.write(f"Bản sao lưu: {archive}")
        if is_drill:
            return drill(archive, register_digest)
        proof = restore(archive, register_digest, replace=replace)
        forget_pages()
        return proof

    def redo_wishes(self) -> None:
        """What families asked for after the backup; an older database is brought up to date first."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(
                "Bản sao lưu của phiên bản cũ: nâng cấp xong (deploy/install), máy làm lại điều bà con xin sau đó."
            )
        else:
            call_command("redo_wishes", stdout=self.stdout)


def newest() -> Path:
    """The last archive in BACKUP_DIR; BackupRefused where there is none."""
    archive = last_backup()
    if archive is None:
        raise BackupRefused("Chưa có bản sao lưu nào.")
    return archive.path


def told(proof: Proof) -> Iterator[str]:
    """The proof, in words for the administrator."""
    manifest = proof.manifest
    moment = timezone.localtime(datetime.fromisoformat(manifest.taken_at))
    yield f"Sao lưu lúc {date_format(moment, 'H:i d/m/Y')}, phiên bản {manifest.version}, {manifest.engine}."
    rows = sum(table.rows for table in manifest.tables.values())
    yield f"Bảng: {len(manifest.tables)}, dòng: {rows}. {differences(proof.differing_tables)}"
    same = proof.register_digest == manifest.register_digest
    yield f"Dấu của sổ: {proof.register_digest}. {'Khớp.' if same else 'KHÔNG khớp.'}"
    yield f"Tệp: {len(manifest.files) - 1}. {differences(proof.differing_files)}"
    for name in manifest.gone:
        yield f"Tệp đã bị xóa trong lúc sao lưu, không có trong bản này: {name}"
    if not proof.has_same_secret_key:
        yield "SECRET_KEY ở đây khác lúc sao lưu: số bí mật trên giấy nhận cũ sẽ không khớp. Đặt lại khóa cũ."


def differences(names: tuple[str, ...]) -> str:
    """Which do not match."""
    return f"KHÔNG khớp: {', '.join(names)}." if names else "Khớp hết."
