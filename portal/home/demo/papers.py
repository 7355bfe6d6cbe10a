"""Files to take home, set from the same texts as the pages."""

import json
import re
from collections.abc import Iterator
from typing import Any

import typst

from portal.home.demo.canvas import FONTS
from portal.home.demo.content import HERE, Entry, text

ISSUER = "Ủy ban nhân dân xã Ba Tô"
READING_COPY = "Bản đọc, chép từ kế hoạch của xã; không thay bản đã ký"
TEMPLATES = HERE / "papers"

_TASK = re.compile(r"(\d)\. \*\*(.+?)\.\*\* (.+)")


def set_paper(template: str, data: dict[str, Any]) -> bytes:
    """One PDF of a template and its data."""
    return bytes(
        typst.compile(
            TEMPLATES / f"{template}.typ",
            format="pdf",
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    )


def plan_paper(entry: Entry) -> bytes:
    """The commune's plan to print and read."""
    parts = list(_parts(text(entry["text_file"])))
    words = {"title": entry["title"], "subject": entry["subject"], "issuer": ISSUER, "mark": READING_COPY}
    return set_paper("plan", {**words, "parts": parts})


def leaflet_paper(entry: Entry) -> bytes:
    """The five tasks on one sheet."""
    lines = entry["body"].splitlines()
    tasks = [found.groups() for found in map(_TASK.match, lines) if found]
    weave = (HERE / "papers" / "weave.svg").read_text(encoding="utf-8")
    return set_paper(
        "leaflet",
        {
            "title": entry["title"],
            "heading": "Năm việc của Gia đình số",
            "lead": "Làm được việc nào thì đánh dấu việc đó. Tờ này để nhà mình xem, xã không thu lại.",
            "tasks": [{"number": number, "name": name, "text": words} for number, name, words in tasks],
            "signs_heading": "Bốn dấu hiệu kẻ lừa",
            "signs": [line.removeprefix("- ") for line in lines if line.startswith("- ")],
            "pledge": "Xã không bao giờ hỏi mã OTP, hỏi mật khẩu hay bảo bà con chuyển tiền.",
            "help": "Chưa biết thì nhờ tổ công nghệ số của thôn.",
            "issuer": "Gia đình số xã Ba Tô",
            "weave": weave,
        },
    )


def _parts(source: str) -> Iterator[dict[str, str]]:
    """The paragraphs of a text with what each of them is."""
    for line in filter(None, map(str.strip, source.splitlines())):
        if line.startswith("## "):
            yield {"kind": "heading", "text": line.removeprefix("## ")}
        elif line.startswith(("- ", "+ ")):
            yield {"kind": "item", "text": line.replace("**", "")}
        elif line.startswith("**"):
            yield {"kind": "strong", "text": line.strip("*")}
        else:
            yield {"kind": "text", "text": line.strip("*")}
