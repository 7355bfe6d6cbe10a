"""What each consent says, word for word the same on the web, on paper and read aloud by the team.

Drafts until the commune's tư pháp – hộ tịch has read them (voice-vi, section 4.3).
"""

from dataclasses import dataclass

from portal.households.enums import Purpose
from portal.households.selectors.rules import register_rules


@dataclass(frozen=True)
class ConsentText:
    """A short title and the whole sentence."""

    purpose: Purpose
    title: str
    sentence: str


TEXTS = (
    ConsentText(
        Purpose.REGISTER,
        "Ghi vào sổ",
        "Cho xã ghi vào sổ Gia đình số: thôn, chủ hộ, số người, số điện thoại nếu có, kết quả năm tiêu chí. Xã dùng để "
        "đến giúp, xét công nhận và cộng số liệu chung. Nếu thôn đề nghị công nhận, tên chủ hộ được dán ở nhà văn hóa "
        "thôn {days} ngày, không đưa lên mạng.",
    ),
    ConsentText(
        Purpose.NAME,
        "Tên ở trang Vinh danh",
        "Nếu được công nhận, cho xã đăng lên trang web này theo cách chọn ở ngay dưới.",
    ),
    ConsentText(
        Purpose.PHOTO,
        "Ảnh",
        "Cho xã đăng ảnh có mặt tôi lên trang web này. Người lớn nào có trong ảnh thì chính người đó đồng ý; chủ hộ "
        "không đồng ý thay.",
    ),
    ConsentText(
        Purpose.STORY,
        "Câu chuyện, giọng nói, video",
        "Cho xã đăng câu chuyện, lời kể hoặc video của tôi, sau khi tôi đã nghe lại, xem lại.",
    ),
    ConsentText(Purpose.FACEBOOK, "Facebook", "Đưa tên, ảnh, câu chuyện đã đồng ý ở trên lên Facebook của xã."),
    ConsentText(Purpose.ZALO, "Zalo", "Đưa tên, ảnh, câu chuyện đã đồng ý ở trên lên Zalo của xã."),
    ConsentText(Purpose.LOUDSPEAKER, "Loa", "Đọc tên, câu chuyện đã đồng ý ở trên trên loa truyền thanh của xã."),
)


def consent_texts() -> list[ConsentText]:
    """The texts in the order of every form, with the commune's number of days put in."""
    days = register_rules().posting_days
    return [ConsentText(text.purpose, text.title, text.sentence.format(days=days)) for text in TEXTS]
