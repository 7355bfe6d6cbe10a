"""Turns quiet mistakes into failures: undefined template variables, connections that leave this machine."""

import ipaddress
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
#: Wagtail's own files with other words; what they leave undefined is not ours to define.
COPIES = {
    TEMPLATES / "wagtailadmin" / name
    for name in ("shared/header.html", "shared/headers/_actions.html", "shared/user_avatar.html")
} | {TEMPLATES / "wagtailadmin" / "tables" / "boolean_cell.html"}


class UndefinedVariable(str):
    """Django's `string_if_invalid` that fails the test, in our own templates only.

    `{{ tone|default:"neutral" }}` says that a variable may be missing, so it passes; Wagtail's templates, which
    rely on silence, pass as well.
    """

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"  # makes Django call __mod__ with the variable

    def __mod__(self, variable: object) -> Any:
        caller = sys._getframe(1).f_locals
        expression, context = caller["self"], caller["context"]
        template = context.render_context.template
        optional = any(function.__name__ == "default" for function, _arguments in expression.filters)
        file = Path(template.origin.name)
        if not optional and TEMPLATES in file.parents and file not in COPIES:
            pytest.fail(f"undefined variable {str(variable)!r} in {file.relative_to(TEMPLATES)}")
        engine = context.template.engine
        engine.string_if_invalid = ""
        try:
            return expression.resolve(context)
        finally:
            engine.string_if_invalid = self


def refuse_undefined_variables() -> None:
    """Switch the check on for every template that is rendered from now on."""
    from django.template import engines

    engines["django"].engine.string_if_invalid = UndefinedVariable("undefined")


def refuse_connections_abroad(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Python's sockets reach this machine only."""
    connect = socket.socket.connect

    def connect_nearby(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
            raise RuntimeError(f"a test tried to reach {address[0]}: tests stay on this machine")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_nearby)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
