"""Entry sheets as one PDF, A4, large type; fonts are ours and embedded, so that every machine prints the same."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from portal.campaign.kinds import kind_of
from portal.campaign.models import EntrySheet, Round
from portal.campaign.paper import LETTERS, PaperRow, RowKind, rows_of
from portal.campaign.selectors.sheets import who_of
from portal.campaign.services.entries import secret_of_first_token
from portal.core.models import SiteProfile
from portal.core.printing import compiled_pdf, square_code
from portal.core.templatetags.portal_tags import weekday_date_and_hour
from portal.households.enums import NameForm

TEMPLATE = Path(__file__).parent / "sheet.typ"
RECEIPT_PATH = "/minigame/bai/"
#: How a winner may be shown, as boxes; the last one stands for “by code only”.
SHOWN_AS = (*((str(form), form.label) for form in NameForm), ("", "chỉ mã bài"))


def sheets_pdf(round_: Round, sheets: Sequence[EntrySheet]) -> bytes:
    """The sheets of one round in the order given."""
    if not sheets:
        raise ValueError("there is nothing to print")
    profile = SiteProfile.objects.first() or SiteProfile()
    given = {
        "title": "Phiếu dự thi" if len(sheets) > 1 else f"Phiếu dự thi {sheets[0].code}",
        "office": f"Ủy ban nhân dân {profile.commune_name}",
        "column": f"{profile.column_name} {profile.commune_name}",
        "game": round_.game.title,
        "round": f"Vòng {round_.number}",
        "rules": round_.rules_version,
        "closes": _plain(weekday_date_and_hour(round_.closes_at)),
        "counting": round_.get_counting_rule_display(),
        "hotline": profile.hotline,
        "lookup": f"{settings.BASE_URL.split('://', 1)[-1]}{RECEIPT_PATH}",
        "shown_as": [list(pair) for pair in zip(LETTERS, (label for _value, label in SHOWN_AS), strict=False)],
        "sheets": [_sheet(round_, sheet) for sheet in sheets],
    }
    return compiled_pdf(TEMPLATE, given)


def sheets_response(round_: Round, sheets: Sequence[EntrySheet]) -> HttpResponse:
    """Sheets to open in the browser and print; their stubs hold secret numbers, so no copy stays on the way."""
    response = HttpResponse(sheets_pdf(round_, sheets), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="phieu-du-thi-vong-{round_.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _sheet(round_: Round, sheet: EntrySheet) -> dict[str, Any]:
    secret = secret_of_first_token(sheet.token)
    typing = reverse("gamepaper:type_sheet", args=[sheet.code])
    household = sheet.household.root if sheet.household else None
    return {
        "code": sheet.code,
        "secret": f"{secret[:3]} {secret[3:]}",
        "typing_qr": square_code(f"{settings.BASE_URL}{typing}"),
        "receipt_qr": square_code(f"{settings.BASE_URL}{RECEIPT_PATH}{sheet.code}/"),
        "household": [household.code, household.head_name, str(household.village)] if household else [],
        "village": str(sheet.village or ""),
        "parts": _parts(rows_of(kind_of(round_).paper_form(round_, who_of(sheet)))),
    }


def _parts(rows: Sequence[PaperRow]) -> list[dict[str, Any]]:
    """Rows as blocks to lay out: a grid takes the neighbouring rows of boxes together."""
    parts: list[dict[str, Any]] = []
    for kind, group in groupby(rows, key=lambda row: row.kind):
        asked = list(group)
        if kind == RowKind.MANY:
            boxes = [[letter, text] for letter, _value, text in asked[0].boxes]
            titles = [row.title for row in asked]
            parts.append({"kind": "grid", "title": asked[0].heading, "boxes": boxes, "rows": titles})
        else:
            parts += [_part(row) for row in asked]
    return parts


def _part(row: PaperRow) -> dict[str, Any]:
    boxes = [[letter, text] for letter, _value, text in row.boxes]
    return {"kind": row.kind, "number": row.number, "title": row.title, "boxes": boxes}


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")
