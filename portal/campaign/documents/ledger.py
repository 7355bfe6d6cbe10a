"""The ledger of gifts and spendings as a workbook, struck-out lines and all."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from portal.campaign.models import Spending, Sponsorship
from portal.households.exchange.writing import neutral

GIFTS = ("Nhận ngày", "Ai tặng", "Đăng tên", "Hình thức", "Tặng gì", "Trị giá (đồng)")
SPENDINGS = ("Chi ngày", "Chi việc gì", "Số tiền (đồng)")
SHARED = ("Minigame", "Vòng", "Số biên nhận", "Gạch bỏ vì")


def ledger_workbook(gifts: Sequence[Sponsorship], spendings: Sequence[Spending]) -> bytes:
    """Two sheets; days and dong are numbers that Excel can add up."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        _sheet(workbook, "Đã nhận", (*GIFTS, *SHARED), [_gift(row) for row in gifts])
        _sheet(workbook, "Đã chi", (*SPENDINGS, *SHARED), [_spending(row) for row in spendings])
    return buffer.getvalue()


def _gift(row: Sponsorship) -> list[Any]:
    named = "có" if row.is_named else "không"
    return [row.received_on, row.sponsor, named, row.get_form_display(), row.what, row.value, *_shared(row)]


def _spending(row: Spending) -> list[Any]:
    return [row.spent_on, row.what, row.value, *_shared(row)]


def _shared(row: Sponsorship | Spending) -> list[Any]:
    return [
        row.game.title if row.game else "",
        row.round.number if row.round else None,
        row.receipt_number,
        row.cancel_reason,
    ]


def _sheet(workbook: Any, name: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True, "bottom": 1})
    day, dong = workbook.add_format({"num_format": "dd/mm/yyyy"}), workbook.add_format({"num_format": "#,##0"})
    sheet.set_column(0, len(head) - 1, 18)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(number, column, value, dong)
            elif value:
                sheet.write_string(number, column, neutral(str(value)))
    sheet.freeze_panes(1, 0)
