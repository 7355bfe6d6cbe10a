"""Every public form of the site by name, and the addresses that take something after the “?” without any form.

tests/repository/test_scan.py compares this list with the templates and with the routes, and the scan with every page
that it opens: a form that stands nowhere here stops both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

#: Where tests.scan.refreshing shows all forms on one page, and the header that tells it who asks.
ALL_FORMS, WHO = "/tat-ca-bieu-mau/", "X-Scan"
ENTRY, ROUND = r"/minigame/[^/]+/vong-\d+/du-thi/", r"/minigame/[^/]+/vong-\d+/"


@dataclass(frozen=True)
class Kind:
    """A form: the template that it stands in, where it goes, and the boxes (patterns) by which it is known there.

    `level` is sqlmap's: 2 where there are few boxes, 1 where there are many or each answer takes the site long.
    `answer` is what the site says when it has taken the form as we fill it in: it stands on no other answer.
    `is_slow` where the site works on each sending for long, as it does on a password.
    """

    name: str
    template: str
    path: str
    marks: frozenset[str] = frozenset()
    method: str = "post"
    level: int = 2
    answer: str = ""
    is_slow: bool = False

    def fits(self, method: str, path: str, boxes: set[str]) -> bool:
        """Whether a form on a page is of this kind."""
        return (
            method == self.method
            and re.fullmatch(self.path, path) is not None
            and all(any(re.fullmatch(mark, box) for box in boxes) for mark in self.marks)
        )


def _get(name: str, template: str, path: str, *marks: str, answer: str) -> Kind:
    return Kind(name, template, path, frozenset(marks), method="get", answer=answer)


def _post(name: str, template: str, path: str, *marks: str, answer: str, level: int = 1, is_slow: bool = False) -> Kind:
    return Kind(name, template, path, frozenset(marks), level=level, answer=answer, is_slow=is_slow)


PUBLIC, PLAY = "households/public", "campaign/play"
KINDS = (
    _get("search", "home/search.html", "/tim-kiem/", "q", answer="kết quả"),
    _get("check a certificate", f"{PUBLIC}/check_box.html", "/xac-minh/", "ma", answer="còn giá trị"),
    _get(
        "read a sign-up again",
        "campaign/signups/receipts.html",
        "/hoat-dong/dang-ky/",
        "ma",
        answer="Thôi đăng ký|đã thôi đăng ký",
    ),
    _get("read an entry again", f"{PLAY}/receipts.html", "/minigame/bai/", "ma", answer="Mở bài"),
    _get("find a code in a list", "campaign/rounds/find_code.html", ROUND, "ma", answer="trong danh sách. Dấu bài làm"),
    _get(
        "find a code beside the draw",
        "campaign/rounds/find_code.html",
        rf"{ROUND}boc-tham/",
        "ma",
        answer="trong danh sách. Dấu bài làm",
    ),
    _get("run the draw again", "campaign/rounds/rerun.html", rf"{ROUND}boc-tham/", "so", answer="Khớp."),
    _post("register", f"{PUBLIC}/register.html", "/dang-ky/", "step", "website", answer="Bước 5/5"),
    _post(
        "register, reviewed",
        f"{PUBLIC}/register_review.html",
        "/dang-ky/",
        "step",
        answer="Xã đã nhận phiếu của gia đình",
    ),
    _post("ask for help", f"{PUBLIC}/help.html", "/nho-giup/", "topic", answer="Xã đã nhận yêu cầu", level=2),
    _post("look one's family up", f"{PUBLIC}/lookup.html", "/tra-cuu/", "secret", answer="/tra-cuu/dong-y/", level=2),
    _post(
        "change consents",
        f"{PUBLIC}/status_consents.html",
        "/tra-cuu/dong-y/",
        "ticket",
        answer="Đã ghi lúc|Không có ô nào đổi",
    ),
    _post(
        "ask about one's data", f"{PUBLIC}/status_data.html", "/tra-cuu/du-lieu/", "ticket", answer="Xã đã nhận yêu cầu"
    ),
    _post(
        "leave the register", f"{PUBLIC}/leave.html", "/tra-cuu/du-lieu/", "ticket", "sure", answer="Xã đã nhận yêu cầu"
    ),
    _post(
        "help from the status page",
        f"{PUBLIC}/status_help.html",
        "/tra-cuu/nho-giup/",
        "ticket",
        answer="Đã giao cho tổ",
    ),
    _post(
        "ask again about a result",
        f"{PUBLIC}/status_question.html",
        "/tra-cuu/hoi-lai/",
        "ticket",
        answer="Xã đã nhận câu hỏi",
    ),
    _post(
        "print the certificate again",
        f"{PUBLIC}/status_papers.html",
        "/tra-cuu/in-giay/",
        "ticket",
        "paper",
        answer="%PDF",
    ),
    _post("print the card", f"{PUBLIC}/status_papers.html", "/tra-cuu/the-ho/", "ticket", answer="Thẻ hộ"),
    _post("check oneself", f"{PUBLIC}/self_check.html", "/tu-kiem-tra/", answer="Nhà mình đã làm được"),
    _post("stuck at a step", "stories/stuck_form.html", "/bi-ket/", "phieu", answer="xã đã ghi lại"),
    _post(
        "is this message true",
        "campaign/check.html",
        "/minigame/tin-that/",
        "text",
        answer="Xã không phát tin này",
        level=2,
    ),
    _post(
        "sign up for a training",
        "campaign/signups/form.html",
        r"/hoat-dong/[^/]+/dang-ky/",
        "people",
        answer="Nhà mình (?:có chỗ|ở danh sách chờ)",
    ),
    _post(
        "give a place back",
        "campaign/signups/receipt_again.html",
        r"/hoat-dong/dang-ky/[^/]+/",
        "secret",
        answer="Nhà mình đã thôi đăng ký",
        level=2,
    ),
    _post("practise", f"{PLAY}/practice.html", r"/minigame/[^/]+/tap/", answer="Câu đúng|Đúng rồi"),
    _post("open an entry", f"{PLAY}/receipt_again.html", r"/minigame/bai/[^/]+/", "secret", answer="/du-thi/", level=2),
    _post("change an entry", f"{PLAY}/opened.html", ENTRY, "ticket", answer='name="draft"'),
    _post(
        "entry: the family", f"{PLAY}/screen.html", ENTRY, "draft", "head_name", answer='data-keep="[^"]* (?!nha-minh)'
    ),
    _post("entry: a question", f"{PLAY}/screen.html", ENTRY, "draft", r"q\d+", answer=r'data-keep="\S+ 2"'),
    _post("entry: a guess", f"{PLAY}/screen.html", ENTRY, "draft", "prediction", answer="hiện tên nhà mình thế nào"),
    _post("entry: the days", f"{PLAY}/screen.html", ENTRY, "draft", r"d\d{8}", answer="Nhà mình kể vài câu"),
    _post("entry: the story", f"{PLAY}/screen.html", ENTRY, "draft", "story", answer="Thêm một tấm ảnh"),
    _post("entry: the picture", f"{PLAY}/screen.html", ENTRY, "draft", "photo", answer="hiện tên nhà mình thế nào"),
    _post("entry: how to be named", f"{PLAY}/screen.html", ENTRY, "draft", "shown_as", answer="Bài chưa gửi"),
    _post(
        "entry: reviewed and sent", f"{PLAY}/review.html", ENTRY, "draft", "nonce", answer="Xã đã nhận bài của nhà mình"
    ),
    _post("entry: thrown away", f"{PLAY}/promises.html", ENTRY, "draft", answer="Đã xóa bài đang làm"),
    _post(
        "approve a page by link",
        "home/approvals/draft.html",
        r"/duyet/[^/]+/",
        "decision",
        answer="Đã ghi: chưa đồng ý",
        is_slow=True,
    ),
    _post("sign in", "", "/quan-tri/login/", "password", answer="mật khẩu chưa đúng", is_slow=True),
)


def kind_of(method: str, path: str, boxes: set[str]) -> Kind | None:
    """Of those that fit a form the one that asks for most."""
    fitting = [kind for kind in KINDS if kind.fits(method, path, boxes)]
    return max(fitting, key=lambda kind: len(kind.marks), default=None)


@dataclass(frozen=True)
class Address:
    """An address that reads what stands after its “?”, or a word in its path: that is where the * is."""

    path: str
    boxes: dict[str, str] = field(default_factory=dict)

    def whole(self, papers: Mapping[str, str]) -> str:
        """With what stands after the “?”; codes come from the papers."""
        boxes = {name: value.format(**papers) for name, value in self.boxes.items()}
        path = self.path.format(**papers)
        return f"{path}?{urlencode(boxes)}" if boxes else path


ADDRESSES = (
    Address("/tim-kiem/", {"q": "so", "loai": "huong-dan", "trang": "1"}),
    Address("/hoat-dong/", {"thon": "1", "qua": "1", "trang": "1"}),
    Address("/huong-dan/", {"viec": "giay-to", "trang": "1"}),
    Address("/cau-chuyen/", {"thon": "1", "trang": "1"}),
    Address("/vinh-danh/", {"thon": "1", "danh-hieu": "gia-dinh-so"}),
    Address("/nho-giup/", {"tu": "/dang-ky/", "ve": "giay-to"}),
    Address("/co-chu/lon/", {"tiep": "/"}),
    Address("/minigame/nha-toi-gioi-so/tap/", {"cau": "2"}),
    Address("/minigame/nha-toi-gioi-so/vong-1/", {"ma": "{listed}", "trang": "1"}),
    Address("/xac-minh/{certificate}*/"),
    Address("/minigame/bai/{entry_code}*/"),
    Address("/hoat-dong/dang-ky/{sign-up_code}*/"),
    Address("/p/abc*/"),
    Address("/tien-do/2026-3*/"),
    Address("/rss/tin-tuc*/"),
)
#: Templates with a form that nobody sends from a page of its own, and why.
OTHER_TEMPLATES = {
    "layout/footer.html": "the search, at the foot of every page",
    "503.html": "sends once more what one of the forms above has sent, to where it went",
    "403_csrf.html": "the same, for a form of the staff from a page that is too old",
    "home/desk/due.html": "a panel of the staff's home page",
    "home/desk/stuck_steps.html": "a panel of the staff's home page",
}
#: Routes that answer to a POST without having a form, and why.
OTHER_ROUTES = {
    "wagtail_serve": "pages read nothing of a POST",
    "wagtaildocs_serve": "nor do documents",
    **dict.fromkeys(
        ("sitemap", "rss", "rss_section", "atom", "atom_section", "register:progress_feed"), "nor do feeds and the map"
    ),
    "wagtailcore_login": "leads to the staff's door, whatever is sent",
    "wagtailcore_authenticate_with_password": "no page is kept behind a password of several people",
    "wagtaildocs_authenticate_with_password": "nor is any document",
}
