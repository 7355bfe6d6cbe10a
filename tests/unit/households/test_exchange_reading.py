"""Sheets as offices really make them: understood, or refused by cell in words."""

import pytest

from portal.core.codes import numbered_code
from portal.core.text import nfc
from portal.households.exchange.headings import NoHeadings
from portal.households.exchange.reading import Rules, understand
from portal.households.exchange.villages import Known, VillageNames
from portal.households.exchange.workbook import BROKEN, Table

VILLAGES = VillageNames(
    [Known(number, f"Thôn {number}") for number in range(1, 15)]
    + [Known(20, "Làng Mạ"), Known(21, "Mang Lùng I"), Known(22, "Mang Lùng II")]
)
HEADINGS = ["STT", "Họ và tên chủ hộ", "Thôn", "Năm sinh", "SĐT"]


def read(*rows, name="Sheet1", merged=None, **known):
    return understand([table(name, rows, merged)], Rules(VILLAGES, **known))


def table(name, rows, merged=None, **facts):
    return Table(name, [[str(cell) for cell in row] for row in rows], merged or {}, **facts)


def families(reading):
    return [(str(row.place), row.values.get("head_name"), row.values.get("village")) for row in reading.rows]


def troubles(reading):
    return {str(trouble.place): trouble.message for trouble in reading.troubles}


def test_one_sheet_per_village_is_read_by_the_names_of_the_sheets():
    reading = understand(
        [
            table("Thôn 5", [["DANH SÁCH"], ["STT", "Họ và tên"], [1, "Phạm A"], ["", "Tổng: 1 hộ"]]),
            table("Làng Mạ", [["STT", "Họ và tên"], [1, ""], [2, "Phạm C2"], [3, "Phạm D"]]),
            table("Tổng hợp", [["Thôn", "Số hộ"], ["Thôn 5", 1]]),
            table("Sheet4", [[""]]),
            table("Cũ", [["STT", "Họ và tên", "Thôn"], [1, "Phạm E", "1"]], is_hidden=True),
        ],
        Rules(VILLAGES),
    )
    assert families(reading)[0] == ("Thôn 5, ô B3", "Phạm A", 5)
    assert ("Làng Mạ, ô B4", "Phạm D", 20) in families(reading)
    assert troubles(reading) == {"Làng Mạ, ô B3": "“Phạm C2” có chữ số, không phải tên người."}
    assert "Bảng “Tổng hợp” không có cột Họ và tên chủ hộ, không đọc." in reading.notes
    assert "Bảng “Cũ” đang ẩn, không đọc." in reading.notes
    assert "Bảng “Thôn 5”: Không có cột Thôn, cả bảng là Thôn 5." in reading.notes
    assert not any("Sheet4" in note for note in reading.notes)


def test_village_of_the_title_holds_for_a_table_without_that_column():
    reading = read(["DANH SÁCH HỘ THÔN MANG LÙNG II NĂM 2026"], ["TT", "Họ và tên"], [1, "Phạm A"])
    assert families(reading) == [("B3", "Phạm A", 22)]


def test_villages_as_headings_between_the_rows():
    reading = read(
        ["STT", "Họ và tên chủ hộ", "Nhân khẩu"],
        ["I", "THÔN 1", ""],
        [1, "Phạm A", 4],
        ["Cộng thôn 1", "", 4],
        ["II", "Thôn Làng Mạ", "750"],
        [1, "Phạm B", 3],
        ["III", "Thôn Không Có"],
        [1, "Phạm C", 3],
        [2, "Phạm D", 3],
    )
    assert families(reading) == [("B3", "Phạm A", 1), ("B6", "Phạm B", 20)]
    assert troubles(reading) == {"B7": "Không có thôn “Thôn Không Có” trong danh sách thôn."}
    assert "Bỏ qua dòng tổng: 4." in reading.notes
    assert "Lấy thôn theo dòng tiêu đề: 2, 5, 7." in reading.notes


def test_village_merged_over_its_rows_holds_for_each_of_them():
    rows = [HEADINGS, [1, "Phạm A", "Thôn 5"], [2, "Phạm B", ""], [3, "Phạm C", "Thôn 6"], [4, "Phạm D", "6"]]
    assert families(read(*rows, merged={(2, 2): (1, 2)})) == [
        ("B2", "Phạm A", 5),
        ("B3", "Phạm B", 5),
        ("B4", "Phạm C", 6),
        ("B5", "Phạm D", 6),
    ]
    assert troubles(read(*rows)) == {"C3": "Thiếu tên thôn."}, "one hole in a full column is a hole"


def test_village_that_is_wrong_for_many_rows_is_named_once():
    rows = [HEADINGS, [1, "Phạm A", "Thôn 99"], [2, "Phạm B"], [3, "Phạm C"], [4, "Phạm D", "5"], [5, "Phạm E"]]
    for merged in ({(2, 2): (1, 2), (3, 2): (1, 2)}, {}):
        reading = read(*rows, merged=merged)
        assert troubles(reading).pop("C2") == "Không có thôn “Thôn 99” trong danh sách thôn."
        assert [name for _place, name, _village in families(reading)][:1] == ["Phạm D"]
    assert len(reading.troubles) == 1


def test_village_written_once_per_block_holds_for_the_rows_below():
    reading = read(HEADINGS, [1, "Phạm A", "5"], [2, "Phạm B"], [3, "Phạm C"], [4, "Phạm D", "6"], [5, "Phạm E"])
    assert [village for _place, _name, village in families(reading)] == [5, 5, 5, 6, 6]
    assert "3 ô Thôn để trống, lấy thôn của dòng trên." in reading.notes


def test_list_of_people_gives_its_heads_only():
    reading = read(
        ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Thôn"],
        [1, "Phạm A", "Chủ hộ", "1"],
        ["", "Phạm B", "Vợ", ""],
        ["", "Phạm C", "con", ""],
        [2, "Phạm D", "", "1"],
    )
    assert families(reading) == [("B2", "Phạm A", 1)]
    assert troubles(reading) == {"C5": "Không rõ đây là chủ hộ hay người trong nhà."}
    assert "Chỉ lấy dòng chủ hộ, bỏ qua 2 người trong nhà." in reading.notes


@pytest.mark.parametrize(
    "rows",
    [
        [["TT", "Họ và đệm", "Tên", "Thôn"], [1, "Phạm Văn", "Đền", "1"]],
        [["TT", "Họ và tên", "", "Thôn"], [1, "Phạm Văn", "Đền", "1"]],
    ],
    ids=["two headings", "one heading over both"],
)
def test_name_cut_in_two_columns_is_one_name(rows):
    assert families(read(*rows)) == [("B2", "Phạm Văn Đền", 1)]


def test_headings_in_two_rows_tell_the_head_from_the_spouse():
    reading = read(
        ["TT", "Chủ hộ", "", "", "Vợ (chồng)", "", "Thôn"],
        ["", "Họ và tên", "Năm sinh", "SĐT", "Họ và tên", "Năm sinh", ""],
        ["1", "2", "3", "4", "5", "6", "7"],
        [1, "Phạm A", 1963, "", "Phạm B", 1965, "T05"],
    )
    assert [dict(row.values) for row in reading.rows] == [
        {"head_name": "Phạm A", "head_birth_year": 1963, "phone": "", "village": 5}
    ]


def test_printed_pages_empty_slots_and_signatures_are_no_households():
    reading = read(
        HEADINGS,
        [1, "Phạm A", "5"],
        HEADINGS,
        ["", "Các hộ mới chuyển đến"],
        [2, "Tống Văn Cộng", "5"],
        [3, "", ""],
        [4],
        ["Tổng cộng: 2 hộ"],
        ["", "", "Ba Tô, ngày    tháng    năm 2026"],
        ["", "Trưởng thôn", "", "Người lập"],
        ["", "Phạm X", "", "Phạm Y"],
    )
    assert families(reading) == [("B2", "Phạm A", 5), ("B5", "Tống Văn Cộng", 5)]
    assert not reading.troubles
    assert reading.notes == [
        "Bỏ qua dòng tổng: 8.",
        "Bỏ qua dòng ghi chú: 4.",
        "Bỏ qua dòng tên cột lặp lại: 3.",
        "Bỏ qua phần ký tên dưới bảng: dòng 9–11.",
        "Bỏ qua dòng chỉ có số thứ tự: 6–7.",
    ]


def test_row_without_a_name_is_a_bad_cell_and_no_heading():
    reading = read(HEADINGS, [1, "", "5", "1963", ""], [2, "Phạm B", "5"])
    assert troubles(reading) == {"B2": "Thiếu họ và tên chủ hộ."}


def test_failed_formulas_and_hidden_rows_are_named():
    rows = [HEADINGS, [1, "Phạm A", "5", BROKEN], [2, "Phạm B", "5"], [3, "Phạm C", "5"], [4, "Phạm D", "5"]]
    reading = understand([table("S", rows, hidden_rows=frozenset({2, 3}))], Rules(VILLAGES))
    assert troubles(reading) == {"D2": "Ô này báo lỗi công thức. Gõ lại vào ô."}
    assert "Dòng đang ẩn vẫn được đọc: 3–4." in reading.notes


def test_address_is_the_village_only_where_no_column_is():
    reading = read(["Tên chủ hộ", "Địa chỉ"], ["Phạm A", "Thôn 5, xã Ba Tô"], ["Phạm B", "Làng Mạ - Ba Tô"])
    assert [village for _place, _name, village in families(reading)] == [5, 20]
    reading = read(["Tên chủ hộ", "Địa chỉ", "Thôn"], ["Phạm A", "gần cầu", "5"])
    assert (families(reading), list(reading.ignored)) == ([("A2", "Phạm A", 5)], ["Địa chỉ"])


def test_columns_that_the_register_does_not_keep_are_named():
    reading = read(
        [*HEADINGS, "Số CCCD/CMND", "Dân tộc", "Số TK", "Tọa độ", "Ghi chú"], [1, "Phạm A", "5", "", "", "051"]
    )
    assert set(reading.left_out.values()) == {"số căn cước", "dân tộc", "số tài khoản", "vị trí trên bản đồ"}
    assert list(reading.ignored) == ["Ghi chú"]


def test_sheet_without_villages_is_refused_at_one_cell():
    reading = read(["STT", "Họ và tên"], [1, "Phạm A"], [2, "Phạm B"])
    assert troubles(reading) == {"B1": "Bảng không có cột Thôn. Thêm cột Thôn, hoặc đặt tên bảng theo thôn."}


def test_workbook_without_headings_is_refused():
    with pytest.raises(NoHeadings, match="Không thấy dòng tên cột"):
        read(["a", "b"], [1, "Phạm A"])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ph¹m Quý §øc", "Phạm Quý Đức"),
        ("ph¹m quý ®øc", "Phạm Quý Đức"),
        ("PH¹M QUý §øC", "PHẠM QUÝ ĐỨC"),
        ("Phaïm Quyù Ñöùc", "Phạm Quý Đức"),
        ("PHAÏM QUYÙ ÑÖÙC", "PHẠM QUÝ ĐỨC"),
        ("Nguyễn Thị Hòa", "Nguyễn Thị Hòa"),
        ("Ðinh Thị Mỹ", "Đinh Thị Mỹ"),
    ],
)
def test_old_fonts_are_found_by_the_words_that_come_out(typed, name):
    reading = read(["STT", "Họ và tên chủ hộ", "Thôn"], [1, nfc(typed), "5"])
    assert reading.rows[0].values["head_name"] == name
    assert [(repair.old, repair.new) for repair in reading.repairs] == (
        [(typed, name)] if "Ð" not in typed and typed != name else []
    )


def test_word_that_fits_both_is_decided_by_its_column():
    old = [[number, name, "5"] for number, name in enumerate(("Ph¹m V¨n Nam", "§inh ThÞ Hµ", "Lª V¨n Hång", "Hòa"))]
    new = [[number, name, "5"] for number, name in enumerate(("Phạm Văn Nam", "Đinh Thị Hà", "Hòa"))]
    headings = ["STT", "Hä vµ tªn chñ hé", "Th«n"]
    assert [row.values["head_name"] for row in read(headings, *old).rows] == [
        "Phạm Văn Nam", "Đinh Thị Hà", "Lê Văn Hồng", "Hũa",
    ]  # fmt: skip
    assert read(["STT", "Chủ hộ", "Thôn"], *new).rows[2].values["head_name"] == "Hòa"


def test_cell_that_says_what_the_register_says_is_not_read_at_all():
    code = numbered_code("BT", 412)
    known = {code: {"code": code, "head_name": "Phạm 2", "village": "Thôn Cũ", "phone": "113"}}
    headings = ["Mã hộ", "Họ và tên chủ hộ", "Thôn", "Số điện thoại"]
    reading = read(headings, [code.lower().replace("-", " "), "Phạm 2", "Thôn Cũ", "113"], known=known)
    assert [dict(row.values) for row in reading.rows] == [{"code": code}]
    assert troubles(read(headings, [code, "Phạm 3", "", "113"], known=known)) == {
        "B2": "“Phạm 3” có chữ số, không phải tên người."
    }
