"""The reports of a period in words: the commune's, and a village's own. Every figure comes from the content. Pure."""

from collections.abc import Sequence
from datetime import date

from portal.households.enums import MeasureReading
from portal.households.progress.annexes import annexes_of, definitions, listed_in, measures_of, results, work
from portal.households.progress.contents import Content, Place
from portal.households.progress.papers import (
    BLANK_LINE,
    DRAFT_MARK,
    Annex,
    Column,
    Grid,
    Paper,
    Section,
    cell_text,
    listing,
    share_words,
)
from portal.households.progress.wording import agreement_words, target_words

MOVEMENT = "Phong trào “Gia đình số”"


def commune_report(content: Content, *, day: date, is_closed: bool) -> Paper:
    """The consolidated report of a quarter or a year; `day` is the last one that is counted."""
    period = content.period.name
    return Paper(
        kind="BÁO CÁO",
        about=f"Kết quả thực hiện {MOVEMENT} {period}",
        as_of=_as_of(content, day),
        last_on=content.last_on,
        sections=[
            Section("TÌNH HÌNH TRIỂN KHAI", _state(content)),
            Section("KẾT QUẢ THEO MỤC TIÊU", _goals(content)),
            Section("KHÓ KHĂN, TỒN TẠI", _difficulties(content)),
            Section("KIẾN NGHỊ, ĐỀ XUẤT", _proposals(content)),
            Section("PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI", [BLANK_LINE, BLANK_LINE, _end(content)]),
        ],
        annexes=annexes_of(content),
        mark="" if is_closed else DRAFT_MARK,
    )


def village_report(content: Content, place: Place, *, day: date, is_closed: bool) -> Paper:
    """A village's own report of a quarter."""
    words = content.words(place)
    columns = (Column("Nội dung", 76), Column("Giá trị", 30), Column("Lý do nhập tay", 76))
    by_hand = [Grid(columns, [list(line) for line in words.by_hand], caption="Số nhập tay, không có trong sổ")]
    return Paper(
        kind="BÁO CÁO",
        about=f"Kết quả thực hiện {MOVEMENT} {content.period.name} của {place.name}",
        as_of=_as_of(content, day),
        last_on=content.last_on,
        sections=[
            Section("VIỆC LÀM TRONG KỲ", [work(content, place), *(by_hand if words.by_hand else [])]),
            Section(
                "KẾT QUẢ",
                [f"{place.name} có {cell_text(listed_in(content, place))} hộ trong sổ.", results(content, place)],
            ),
            Section("KHÓ KHĂN", _lines(words.difficulties) or ["Thôn không nêu."]),
            Section("KIẾN NGHỊ", [*(_lines(words.proposals) or ["Thôn không nêu."]), _end(content)]),
        ],
        annexes=[Annex("Cách tính", "CÁCH TÍNH CÁC SỐ ĐO", [definitions(content)])],
        mark="" if is_closed else DRAFT_MARK,
    )


def _as_of(content: Content, day: date) -> str:
    return f"Kỳ báo cáo từ ngày {content.first_on:%d/%m/%Y}. Số liệu tính đến ngày {day:%d/%m/%Y}."


def _end(content: Content) -> str:
    return f"Trên đây là báo cáo kết quả thực hiện {MOVEMENT} {content.period.name}./."


def _state(content: Content) -> Sequence[str]:
    def tally(key: str) -> str:
        return cell_text(content.tally(key))

    lines = [
        f"Toàn xã có {cell_text(listed_in(content))} hộ trong sổ, ở {len(content.places)} thôn.",
        f"Trong kỳ, Tổ công nghệ số cộng đồng các thôn đã thăm {tally('luot-tham')} lượt, {tally('ho-tham')} hộ; "
        f"nhận {tally('phieu')} phiếu đăng ký; làm xong {tally('da-giup')} yêu cầu giúp của gia đình.",
        f"Các thôn tổ chức {tally('hoat-dong')} hoạt động, tập huấn với {tally('nguoi-du')} lượt người dự, trong đó "
        f"{tally('nu-du')} lượt nữ, {tally('cao-tuoi-du')} lượt người từ 60 tuổi.",
    ]
    if content.idle:
        lines.append(f"Trong kỳ chưa có hoạt động: {listing(place.name for place in content.idle)}.")
    signed = len(content.decisions)
    lines.append(
        f"Trong kỳ đã ký {signed} quyết định; {tally('cong-nhan-moi')} hộ được công nhận."
        if signed
        else "Trong kỳ không ký quyết định nào."
    )
    if content.period.quarter:
        received = len(content.places) - len(content.missing)
        lines.append(f"Xã đã nhận báo cáo quý của {received}/{len(content.places)} thôn.")
    if content.missing:
        lines.append(f"Chưa có báo cáo của: {listing(place.name for place in content.missing)}.")
    return lines


def _goals(content: Content) -> Sequence[str | Grid]:
    measures = measures_of(content)
    parts: list[str | Grid] = []
    for one in measures:
        figure = content.figure(one)
        if one.target is None or figure.share is None:
            continue
        if figure.is_reached:
            parts.append(f"{one.name}: {share_words(figure)}, đã tới mục tiêu.")
        else:
            parts.append(f"{one.name}: {share_words(figure)}, còn thiếu {cell_text(figure.missing)} {one.unit}.")
    together = next((one.target for one in measures if one.reading == MeasureReading.TOGETHER), None)
    if together:
        parts.append(
            f"Mục tiêu {target_words(together)} được nêu theo hai cách đọc: từng việc, và một hộ làm được cả bốn việc. "
            "Hộ chưa được thăm vẫn nằm trong mẫu số."
        )
    if content.recheck:
        name, agreement = content.recheck
        parts.append(f"Đối chiếu {name}: {agreement_words(agreement)}.")
    return [*parts, results(content), "Số từng thôn ở Phụ lục I; căn cứ của số đạt ở Phụ lục II."]


def _difficulties(content: Content) -> Sequence[str]:
    lines = [
        f"Theo sổ, {cell_text(content.tally('khong-song'))} hộ không có sóng tại nhà, "
        f"{cell_text(content.tally('khong-dien'))} hộ không có điện, "
        f"{cell_text(content.tally('gia-yeu'))} hộ già yếu hoặc khuyết tật cần người giúp."
    ]
    said = [(place.name, content.words(place).difficulties) for place in content.places]
    return [*lines, *(_said(said) or ["Các thôn không nêu khó khăn."])]


def _proposals(content: Content) -> Sequence[str]:
    said = [(place.name, content.words(place).proposals) for place in content.places]
    return _said(said) or ["Các thôn không nêu kiến nghị."]


def _said(said: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{name}: {'; '.join(_lines(words))}" for name, words in said if words.strip()]


def _lines(words: str) -> list[str]:
    return [" ".join(line.split()) for line in words.splitlines() if line.strip()]
