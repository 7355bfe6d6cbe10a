"""The handbooks: which there are, and which of their sections tells of which screen.

Their text lies in docs/ and is read by people on the server, too; portal.home.handbook makes pages of it.
"""

from dataclasses import dataclass

from django.urls import reverse

#: Groups, as a migration names them.
EDITOR, REVIEWER, ADMINISTRATOR = "Biên tập viên", "Người duyệt bài", "Quản trị"
OFFICER, TEAM, LEADER = "Cán bộ sổ hộ", "Tổ công nghệ số", "Lãnh đạo"


@dataclass(frozen=True)
class Book:
    """One handbook: `docs/<slug>.md`."""

    slug: str
    title: str
    #: Whose daily work it tells of, by the names of the groups.
    groups: frozenset[str] = frozenset()
    #: About the machine; no business of those who keep no accounts.
    is_for_keepers: bool = False


BOOKS = (
    Book("bien-tap-vien", "Biên tập viên", frozenset({EDITOR})),
    Book("nguoi-duyet-bai", "Người duyệt bài", frozenset({REVIEWER})),
    Book("can-bo-so-ho", "Cán bộ sổ hộ", frozenset({OFFICER})),
    Book("minigame", "Minigame", frozenset({OFFICER})),
    Book("to-cong-nghe-so", "Tổ công nghệ số của thôn", frozenset({TEAM})),
    Book("lanh-dao", "Lãnh đạo xã", frozenset({LEADER})),
    Book("quan-tri", "Quản trị", frozenset({ADMINISTRATOR})),
    Book("may-chu", "Máy chủ", frozenset({ADMINISTRATOR}), is_for_keepers=True),
    Book("thuat-ngu", "Thuật ngữ trên màn hình"),
)
BY_SLUG = {book.slug: book for book in BOOKS}

#: Handbook and section for screens: the name of the view, or the beginning of it; the first that fits counts.
PLACES: tuple[tuple[str, str, str], ...] = (
    ("team:visit", "to-cong-nghe-so", "ghi-mot-luot-tham"),
    ("team:register", "to-cong-nghe-so", "ghi-giup-mot-nha"),
    ("team:proposal", "to-cong-nghe-so", "de-nghi-cong-nhan"),
    ("team:household", "to-cong-nghe-so", "tim-mot-nha"),
    ("team:help", "to-cong-nghe-so", "nho-giup"),
    ("team:sheets", "to-cong-nghe-so", "noi-khong-co-mang"),
    ("team:", "to-cong-nghe-so", "viec-hom-nay"),
    ("desk:office", "can-bo-so-ho", "viec-dang-cho"),
    ("office:duplicates", "can-bo-so-ho", "hai-phieu-cua-mot-nha"),
    ("office:pair", "can-bo-so-ho", "hai-phieu-cua-mot-nha"),
    ("office:approvals", "can-bo-so-ho", "viec-can-hai-nguoi"),
    ("office:help_queue", "can-bo-so-ho", "nho-giup-qua-hen"),
    ("office:objections", "can-bo-so-ho", "gia-dinh-hoi-lai-ket-qua"),
    ("office:data_requests", "can-bo-so-ho", "gia-dinh-xin-xem-sua-xoa-du-lieu"),
    ("office:answer_data", "can-bo-so-ho", "gia-dinh-xin-xem-sua-xoa-du-lieu"),
    ("office:criteria", "can-bo-so-ho", "bo-tieu-chi-quy-tac-ngay-nghi"),
    ("office:teams", "can-bo-so-ho", "nguoi-cua-to"),
    ("office:", "can-bo-so-ho", "tim-sua-mot-ho"),
    ("titles:proposal", "can-bo-so-ho", "danh-sach-thon-gui-len"),
    ("titles:", "can-bo-so-ho", "quyet-dinh-giay-chung-nhan"),
    ("exchange:", "can-bo-so-ho", "nhap-xuat-excel"),
    ("game", "minigame", ""),
    ("channels:", "bien-tap-vien", "dua-bai-ra-loa-zalo-bang-tin"),
    ("links:", "bien-tap-vien", "lien-ket-hong"),
    ("operations:", "quan-tri", "van-hanh"),
    ("door:account", "quan-tri", "nguoi-dung"),
    ("door:", "quan-tri", "dang-nhap"),
)
#: Screens that several roles share, by the group of the reader.
SHARED: tuple[tuple[str, dict[str, tuple[str, str]]], ...] = (
    (
        "progress:period",
        {LEADER: ("lanh-dao", "bao-cao-quy"), OFFICER: ("can-bo-so-ho", "bao-cao-quy-chot-ky")},
    ),
    (
        "progress:report",
        {
            TEAM: ("to-cong-nghe-so", "bao-cao-quy"),
            OFFICER: ("can-bo-so-ho", "bao-cao-quy-chot-ky"),
        },
    ),
    (
        "progress:",
        {
            LEADER: ("lanh-dao", "hai-phut-moi-tuan"),
            TEAM: ("to-cong-nghe-so", "hoat-dong-va-tap-huan"),
            OFFICER: ("can-bo-so-ho", "bao-cao-quy-chot-ky"),
        },
    ),
    (
        "signupdesk:",
        {
            TEAM: ("to-cong-nghe-so", "hoat-dong-va-tap-huan"),
            OFFICER: ("can-bo-so-ho", "tap-huan"),
        },
    ),
    ("office:log", {LEADER: ("lanh-dao", "nhat-ky"), ADMINISTRATOR: ("quan-tri", "van-hanh")}),
)


def book_url(slug: str, section: str = "") -> str:
    """The page of a handbook, at a section of it."""
    return reverse("handbook:book", args=[slug]) + (f"#{section}" if section else "")


def place_of(view_name: str, groups: set[str]) -> tuple[str, str] | None:
    """(handbook, section) that tells somebody of these groups about a screen; None where none does."""
    for start, by_group in SHARED:
        if view_name.startswith(start):
            found = next((place for group, place in by_group.items() if group in groups), None)
            if found:
                return found
    return next(((book, section) for start, book, section in PLACES if view_name.startswith(start)), None)


def own_books(groups: set[str]) -> list[Book]:
    """Handbooks of somebody's daily work."""
    return [book for book in BOOKS if book.groups & groups]
