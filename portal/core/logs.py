"""Logs for a machine to read: one JSON object a line, with the request's number and no personal data.

An address may hold a household code, a query a name, the message of a database error the very value that was refused.
So a line names the route, not the address, and of an error its kind, its place in the code and its words without
figures and quotations.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from portal.core import figures

HEADER = "X-Request-ID"
#: A number from the server in front is taken over when it looks like one; anything else could be a line of its own.
_NUMBER = re.compile(r"[0-9A-Za-z-]{8,64}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|\([^()]*\)=\([^()]*\)")
_FIGURES = re.compile(r"\d[\d .+-]{2,}\d")
_ADDRESS = re.compile(r"(?:https?:/)?/[^\s,;]*|\S+@\S+")
_request_number: ContextVar[str] = ContextVar("request_number", default="")
_access = logging.getLogger("portal.access")


def request_number() -> str:
    """The number of the request at hand; “” outside of one."""
    return _request_number.get()


def masked(text: str) -> str:
    """The words of a message without whatever might be somebody's: quotations, addresses, long figures."""
    text = text.split("\nDETAIL:", maxsplit=1)[0]
    return _FIGURES.sub("#", _ADDRESS.sub("/…", _QUOTED.sub("“…”", text)))[:500]


class RequestLogMiddleware:
    """Numbers the request, tells the number in the answer, and writes one line for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.headers.get(HEADER, "")
        number = told if _NUMBER.fullmatch(told) else uuid4().hex
        token, started = _request_number.set(number), time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - started
            response[HEADER] = number
            figures.count_request(request, response, seconds)
            _access.info(
                "request",
                extra={
                    "told": {
                        "method": request.method,
                        "route": route_of(request),
                        "status": response.status_code,
                        "ms": round(seconds * 1000, 1),
                    }
                },
            )
            return response
        finally:
            _request_number.reset(token)


def route_of(request: HttpRequest) -> str:
    """The line of the URL configuration that answered, never the address itself."""
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match else ""


class JsonFormatter(logging.Formatter):
    """One line of JSON for a record."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, request, words; of an error its kind and place."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_number(),
            **getattr(record, "told", {}),
        }
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            line |= {"route": route_of(request), "method": request.method, "status": getattr(record, "status_code", 0)}
        if not hasattr(record, "told"):
            line["message"] = masked(record.getMessage())
        if record.exc_info and record.exc_info[0] is not None:
            kind, error, trace = record.exc_info
            line["error"] = f"{kind.__module__}.{kind.__qualname__}: {masked(str(error))}"
            line["at"] = [
                f"{frame.filename.rpartition('/portal/')[2] or frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(trace)[-12:]
            ]
        return json.dumps(line, ensure_ascii=False, default=str)
