"""Outside numbers of a draw: what they are, what to write down beforehand, where to read them. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.campaign.enums import SeedSource
from portal.core.templatetags.portal_tags import spoken_hour, weekday_and_date

#: The drand network “quicknet”, as its own page /info says: a number every three seconds since the first one.
QUICKNET = "https://api.drand.sh/52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971/public"
QUICKNET_START, QUICKNET_SECONDS = 1_692_803_367, 3


@dataclass(frozen=True)
class SourceHelp:
    """What a clerk is told about one source."""

    source: SeedSource
    #: When a round is set up.
    what: str
    when: str
    #: When the number is there.
    where: str
    typed: str
    evidence: str


HELP = {
    SeedSource.LOTTERY: SourceHelp(
        SeedSource.LOTTERY,
        what="Bà con dễ hiểu nhất: ai cũng dò được, xã không can thiệp được.",
        when="Ghi kỳ mở sau giờ chốt danh sách; ngày mở xem ở lịch của công ty xổ số. Lúc có số ghi muộn hơn giờ mở "
        "thưởng một tiếng cho chắc.",
        where="Tờ dò ở đại lý, hoặc trang web của chính công ty xổ số. Đừng dùng trang dò số lạ: nhiều trang là bẫy. "
        "Nên so hai nơi.",
        typed="Gõ đủ các chữ số của giải đặc biệt, viết liền, kể cả số 0 đứng đầu. Ví dụ: 042317.",
        evidence="Ảnh chụp tờ dò.",
    ),
    SeedSource.DRAND: SourceHelp(
        SeedSource.DRAND,
        what="Số do nhiều trường đại học và tổ chức trên thế giới cùng tạo, ba giây một số, không ai biết trước. Hợp "
        "khi cần bốc thăm ngay trong buổi.",
        when="Chọn giờ, máy tính giúp đó là số thứ mấy (bấm “Điền câu mẫu”).",
        where="Địa chỉ ghi trong câu đã công bố; trang đó hiện một dòng có chữ “randomness”.",
        typed="Chép cả dãy 64 chữ số và chữ a–f đứng sau “randomness”.",
        evidence="Ảnh chụp màn hình trang đó.",
    ),
    SeedSource.DICE: SourceHelp(
        SeedSource.DICE,
        what="Không cần mạng: gieo trước mặt bà con, có người ngoài ban tổ chức chứng kiến.",
        when="Ghi rõ gieo ở đâu, lúc nào, mấy lần (6 đến 20 lần, một con xúc xắc).",
        where="Gieo tại chỗ, đọc to từng mặt, một người ghi, một người dò lại.",
        typed="Gõ các mặt theo đúng thứ tự gieo, viết liền. Ví dụ: 31562446.",
        evidence="Ảnh chụp hoặc bản PDF của biên bản có chữ ký người chứng kiến.",
    ),
}


def drand_round_at(moment: datetime) -> int:
    """Number of the first quicknet round that is out at `moment` or later."""
    waited = moment - datetime.fromtimestamp(QUICKNET_START, tz=moment.tzinfo)
    return max(-(-waited // timedelta(seconds=QUICKNET_SECONDS)), 0) + 1


def suggested_words(source: SeedSource, known_at: datetime) -> str:
    """A sentence that names the number beyond doubt, to be looked over by the clerk; at most 200 characters."""
    day = weekday_and_date(known_at)
    if source == SeedSource.LOTTERY:
        return f"Giải đặc biệt xổ số kiến thiết Quảng Ngãi mở {day}, đủ các chữ số. Kỳ đó không mở thì lấy kỳ kế tiếp."
    if source == SeedSource.DRAND:
        return f"Số drand quicknet thứ {drand_round_at(known_at)}, xem ở {QUICKNET}/{drand_round_at(known_at)}"
    return f"Gieo một con xúc xắc 8 lần ở nhà văn hóa xã, {spoken_hour(known_at)} {day}, ghi các mặt theo thứ tự gieo."
