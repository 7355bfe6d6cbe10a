"""`manage.py serve`: the whole column on one machine."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.home import serving


class Command(BaseCommand):
    """Bring the database up to date, serve the column and keep the clock."""

    help = "Serves the whole column on this machine: database, sample content, web server, scheduled publishing."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-sample", action="store_true", help="start with an empty column")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = settings.HOST, settings.PORT
        if not serving.port_is_free(host, port):
            raise CommandError(f"Port {port} is taken. Stop what runs there, or choose another: PORT=8001 make run")
        self.stdout.write("Preparing the column; the first start takes a minute or two …")
        serving.prepare(with_sample=not options["no_sample"])
        server = serving.start_web_server(host, port)
        self.stdout.write(self.where_to_look(port))
        self.stdout.flush()
        code = serving.keep_time(server)
        if code:
            raise CommandError(f"The web server stopped by itself (exit code {code}).")

    def where_to_look(self, port: int) -> str:
        """What to open, and with which account."""
        lines = [
            "",
            f"  Gia đình số:  http://127.0.0.1:{port}/",
            f"  Quản trị:     http://127.0.0.1:{port}/quan-tri/",
        ]
        accounts = serving.accounts_text()
        if accounts:
            lines += ["", f"  Accounts, also in {settings.DATA_DIR / serving.ACCOUNTS_FILE} (only you can read it):"]
            lines += [f"    {line}" for line in accounts.splitlines()]
        return "\n".join([*lines, "", "  Ctrl+C stops it; everything is kept.", ""])
