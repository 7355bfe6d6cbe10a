"""Drafts of official papers from what the register knows. Numbers, places for dates and names to sign stay blank."""

from collections.abc import Sequence

from django.utils import timezone

from portal.core.models import SiteProfile
from portal.households.documents.official import OfficialPaper
from portal.households.documents.wording import NARROW, long_date, place_of, role_lines
from portal.households.enums import Title
from portal.households.models import Candidate, Proposal
from portal.households.selectors.titles import usual_paper
from portal.households.services.decisions import Line, candidate_lines

BLANK = "……"
LIST_HEADS, LIST_WIDTHS = ("STT", "Họ và tên chủ hộ", "Thôn", "Mã hộ"), (14, 66, 44, 36)


def request_draft(proposals: Sequence[Proposal], title: Title, year: int) -> bytes:
    """Tờ trình of the office in charge to the Chair, with the lists of all villages summed up."""
    profile, about = _profile(), f"Về việc công nhận danh hiệu “{title.label}” năm {year}"
    commune, office = profile.commune_name, profile.office_name
    paper = OfficialPaper(f"Tờ trình: {about}")
    paper.head(
        parent=f"UBND {commune.upper()}",
        issuer=office.upper().replace("–", "-"),
        number=f"Số:{NARROW * 8}/TTr-{_initials(office)}",
        place_and_date=_undated(profile),
    )
    paper.title("TỜ TRÌNH", about)
    paper.line(f"Kính gửi: Chủ tịch Ủy ban nhân dân {commune}", align=1, before=12)
    for basis in usual_paper(title)["legal_bases"].splitlines():
        if not basis.startswith("Xét đề nghị"):
            paper.text(_ended(basis, ";"), italic=True)
    lines = candidate_lines(proposals)
    paper.text(
        f"{office} đã xem danh sách của {len(proposals)} thôn gửi lên, gồm {len(lines)} hộ. "
        "Các thôn đã họp, lấy ý kiến và niêm yết công khai; số liệu như sau:"
    )
    heads = ("STT", "Thôn", "Số hộ", "Ngày họp", "Có mặt", "Đồng ý", "Không đồng ý", "Niêm yết")
    rows = [_row(number, item) for number, item in enumerate(proposals, 1)]
    paper.table(heads, rows, (14, 34, 12, 27, 13, 15, 18, 27))
    paper.text(
        f"{office} kính trình Chủ tịch Ủy ban nhân dân {commune} xem xét, quyết định công nhận danh hiệu "
        f"“{title.label}” năm {year} cho {len(lines)} hộ gia đình (có dự thảo quyết định và danh sách kèm theo)./."
    )
    paper.signature(receivers=("- Như trên;", "- Lưu: VT."), role=("TRƯỞNG PHÒNG",), signer="")
    return paper.to_bytes()


def decision_draft(proposals: Sequence[Proposal], title: Title, year: int) -> bytes:
    """Quyết định of the Chair, its list as an annex in the order in which it will be frozen."""
    profile, about = _profile(), f"Về việc công nhận danh hiệu “{title.label}” năm {year}"
    commune, usual, lines = profile.commune_name, usual_paper(title), candidate_lines(proposals)
    paper = OfficialPaper(f"Quyết định: {about}")
    paper.head(
        parent="",
        issuer=f"ỦY BAN NHÂN DÂN\n{commune.upper()}",
        number=f"Số:{NARROW * 8}/QĐ-UBND",
        place_and_date=_undated(profile),
    )
    paper.title("QUYẾT ĐỊNH", about)
    paper.line(f"CHỦ TỊCH ỦY BAN NHÂN DÂN {commune.upper()}", bold=True, align=1, before=12)
    bases = [basis for basis in usual["legal_bases"].splitlines() if basis.strip()]
    for number, basis in enumerate(bases, 1):
        paper.text(_ended(basis, "." if number == len(bases) else ";"), italic=True)
    paper.line("QUYẾT ĐỊNH:", bold=True, align=1, before=12)
    paper.text(
        f"Công nhận danh hiệu “{title.label}” năm {year} cho {len(lines)} hộ gia đình của {commune} "
        "(có danh sách kèm theo).",
        lead="Điều 1.",
    )
    paper.text("Quyết định này có hiệu lực kể từ ngày ký.", lead="Điều 2.")
    paper.text(
        f"{profile.office_name}, trưởng các thôn và các hộ gia đình có tên tại Điều 1 chịu trách nhiệm thi hành "
        "Quyết định này./.",
        lead="Điều 3.",
    )
    paper.signature(
        receivers=("- Như Điều 3;", "- Lưu: VT, VHXH."),
        role=role_lines(usual["signer_role"]),
        signer=usual.get("signer_name", ""),
    )
    _annex(paper, lines, f"DANH SÁCH HỘ GIA ĐÌNH ĐẠT DANH HIỆU\n“{title.label.upper()}” NĂM {year}", commune)
    return paper.to_bytes()


def minutes_draft(proposal: Proposal, candidates: Sequence[Candidate]) -> bytes:
    """Biên bản họp thôn; what was not typed in stays dotted, to be filled in by hand."""
    profile, village = _profile(), proposal.village.name
    about = f"Họp xét đề nghị công nhận danh hiệu “{proposal.get_title_display()}” năm {proposal.year}"
    paper = OfficialPaper(f"Biên bản: {about}")
    paper.head(parent=profile.commune_name.upper(), issuer=village.upper(), number="", place_and_date="")
    paper.title("BIÊN BẢN", about)
    met = long_date(proposal.met_on) if proposal.met_on else f"ngày {BLANK} tháng {BLANK} năm {proposal.year}"
    paper.text(f"Hôm nay, {met}, tại {proposal.met_at or BLANK}, {village} đã họp với nội dung sau:")
    paper.text("", lead="I. Thành phần")
    paper.text(f"Được mời: {_count(proposal.invited_count)} người. Có mặt: {_count(proposal.present_count)} người.")
    paper.text(f"Chủ trì: {proposal.chair_name or BLANK}. Thư ký: {proposal.secretary_name or BLANK}.")
    paper.text("", lead="II. Danh sách hộ gia đình được đề nghị")
    rows = [
        (str(number), one.household.root.head_name, village, one.household.root.code)
        for number, one in enumerate(candidates, 1)
        if one.household.root is not None
    ]
    paper.table(LIST_HEADS, rows, LIST_WIDTHS)
    paper.text("", lead="III. Ý kiến trong họp")
    paper.text(proposal.minutes_note or BLANK)
    paper.text("", lead="IV. Kết quả lấy ý kiến")
    paper.text(f"Đồng ý: {_count(proposal.for_count)} người. Không đồng ý: {_count(proposal.against_count)} người.")
    posted = [long_date(day) if day else BLANK for day in (proposal.posted_from, proposal.posted_to)]
    paper.text(f"Danh sách được niêm yết tại {proposal.posted_at or BLANK}, từ {posted[0]} đến hết {posted[1]}.")
    paper.text("Biên bản đã đọc cho mọi người cùng nghe, lập thành 02 bản có giá trị như nhau./.")
    paper.two_signatures(("THƯ KÝ", proposal.secretary_name), ("CHỦ TRÌ", proposal.chair_name))
    return paper.to_bytes()


def _annex(paper: OfficialPaper, lines: Sequence[Line], title: str, commune: str) -> None:
    year = timezone.localdate().year
    blank = NARROW * 6
    paper.annex(
        "PHỤ LỤC",
        title,
        f"(Kèm theo Quyết định số{blank}/QĐ-UBND ngày{blank}tháng{blank}năm {year}\n"
        f"của Chủ tịch Ủy ban nhân dân {commune})",
    )
    rows = [
        (str(number), line.name_on_paper, line.village_on_paper, line.household.code)
        for number, line in enumerate(lines, 1)
    ]
    paper.table(LIST_HEADS, rows, LIST_WIDTHS)


def _row(number: int, proposal: Proposal) -> tuple[str, ...]:
    met, posted = proposal.met_on, (proposal.posted_from, proposal.posted_to)
    return (
        str(number),
        proposal.village.name,
        str(proposal.candidates.count()),
        f"{met:%d/%m/%Y}" if met else BLANK,
        _count(proposal.present_count),
        _count(proposal.for_count),
        _count(proposal.against_count),
        "\n".join(f"{day:%d/%m/%Y}" if day else BLANK for day in posted),
    )


def _profile() -> SiteProfile:
    return SiteProfile.objects.first() or SiteProfile()


def _undated(profile: SiteProfile) -> str:
    blank = NARROW * 6
    return f"{place_of(profile)}, ngày{blank}tháng{blank}năm {timezone.localdate().year}"


def _count(number: int | None) -> str:
    return BLANK if number is None else str(number)


def _ended(sentence: str, mark: str) -> str:
    return sentence.strip().rstrip(";.,") + mark


def _initials(office: str) -> str:
    """`VHXH` of `Phòng Văn hóa – Xã hội`."""
    words = [word for word in office.split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in words[1:]) or "VP"
