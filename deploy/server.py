"""`install`, `upgrade` and `rollback` of the column's server; docs/may-chu.md tells the one who keeps it."""

import argparse
import fcntl
import os
import sys
from pathlib import Path

from steps import machine, releases, web
from steps.layout import LOCK
from steps.tools import Refused, Report

SOURCE = Path(__file__).resolve().parents[1]


def install(report: Report, domain: str) -> None:
    """Everything that a bare server needs, then the release beside this file."""
    machine.install_packages(report)
    machine.make_account(report)
    machine.make_folders(report)
    old_domain = machine.known_domain()
    domain = machine.write_secrets(report, domain)
    machine.make_database(report)
    release = releases.build(report, SOURCE)
    is_told_anew = machine.write_units(report, SOURCE) or domain != old_domain
    web.write_certificate(report, domain)
    web.write_nginx(report, SOURCE, domain)
    releases.bring_into_service(report, release, domain, restart=is_told_anew)
    machine.start_timers(report)
    releases.drop_old(report)


def upgrade(report: Report) -> None:
    """A backup, then what `install` does with the source beside this file."""
    domain = machine.known_domain()
    if releases.current() is None or not domain:
        raise Refused("Máy này chưa cài chuyên mục. Chạy: sudo sh deploy/install TEN-MIEN")
    if releases.release_id(SOURCE) != releases.current():
        report.say("Sao lưu trước khi nâng cấp …")
        machine.back_up()
    install(report, domain)


def rollback(report: Report) -> None:
    """The release before this one; the database stays as it is, which every release must bear."""
    before = releases.previous()
    if before is None:
        raise Refused("Không có bản trước để quay lại.")
    releases.bring_into_service(report, before, machine.known_domain())


def main() -> int:
    """0 when all is as it should be."""
    parser = argparse.ArgumentParser(description="Máy chủ Gia đình số")
    words = parser.add_subparsers(dest="command", required=True)
    words.add_parser("install").add_argument("domain", nargs="?", default="", help="tên miền, ví dụ giadinhso.bato.vn")
    words.add_parser("upgrade")
    words.add_parser("rollback")
    told = parser.parse_args()
    if os.geteuid() != 0:
        parser.error("cần quyền quản trị: sudo sh deploy/…")
    os.umask(0o022)
    report = Report()
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            match told.command:
                case "install":
                    install(report, told.domain)
                case "upgrade":
                    upgrade(report)
                case _:
                    rollback(report)
        except Refused as error:
            print(f"DỪNG: {error}", file=sys.stderr)
            return 1
    print(report.summary())
    return 0


if __name__ == "__main__":
    sys.exit(main())
