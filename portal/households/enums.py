"""Vocabulary of the register. Values are stable; labels are what people read."""

from django.db import models


class Title(models.TextChoices):
    """Danh hiệu: three separate honours of the plan (domain.md, section 0)."""

    DIGITAL_FAMILY = "gia-dinh-so", "Gia đình số"
    OUTSTANDING = "tieu-bieu", "Hộ gia đình số tiêu biểu"
    MODEL = "kieu-mau", "Gia đình số kiểu mẫu"


class Result(models.TextChoices):
    """What a visit found for one criterion (kết quả). "Chưa rõ" is neither met nor unmet."""

    MET = "dat", "đạt"
    UNMET = "chua-dat", "chưa đạt"
    UNCLEAR = "chua-ro", "chưa rõ"


class Basis(models.TextChoices):
    """On what a finding rests (căn cứ)."""

    SEEN = "thay", "thấy tận nơi"
    TOLD = "ke", "gia đình kể"
    PAPER = "giay", "giấy tờ"


class SelfAnswer(models.TextChoices):
    """What a family says of itself, kept apart from what a team finds."""

    YES = "co", "Có"
    NO = "chua", "Chưa"
    HELP = "can-giup", "Cần giúp"


class Channel(models.TextChoices):
    """How something reached the register (kênh)."""

    WEB = "web", "trang web"
    TEAM = "to", "tổ công nghệ số ghi giúp"
    PAPER = "giay", "phiếu giấy"
    IMPORT = "nhap", "nhập từ Excel"


class PhoneOwner(models.TextChoices):
    """Whose number it is; shared phones are normal."""

    HEAD = "chu-ho", "chủ hộ"
    MEMBER = "nguoi-nha", "người trong nhà"
    NEIGHBOUR = "hang-xom", "hàng xóm"


class CapableMember(models.TextChoices):
    """Who in the house can use basic digital services: a role, never a child's name (plan, target b)."""

    UNKNOWN = "chua-ro", "chưa rõ"
    NONE = "chua-co", "chưa có ai"
    HEAD = "chu-ho", "chủ hộ"
    PARTNER = "vo-chong", "vợ hoặc chồng"
    ADULT_CHILD = "con-lon", "con đã lớn"
    YOUNG = "nguoi-tre", "người trẻ trong nhà"
    OTHER = "khac", "người khác trong nhà"


class MeasureKind(models.TextChoices):
    """What a measure counts (số đo). Stored in the counts of the register: values never change."""

    ACTIVITY = "hoat-dong", "thôn có hoạt động"
    CAPABLE = "nguoi-biet", "hộ có người dùng được dịch vụ số"
    FINDINGS = "ket-qua", "hộ đạt những mục nêu tên"
    REGISTERED = "dang-ky", "hộ đã gửi phiếu đăng ký"
    ASSESSED = "danh-gia", "hộ đã được thăm"
    PASSING = "du-dieu-kien", "hộ đủ điều kiện theo bộ tiêu chí của ngày đó"
    RECOGNISED = "cong-nhan", "hộ được công nhận danh hiệu"
    LISTED = "trong-so", "hộ trong sổ"
    LAST_VISIT = "lan-tham", "lần thăm gần nhất"


class MeasureReading(models.TextChoices):
    """How “trên 70% hộ” of the plan is read; both are shown and named until the commune decides."""

    EACH = "tung-viec", "đọc từng việc"
    TOGETHER = "ca-bon-viec", "đọc gộp cả bốn việc"


class ActivityKind(models.TextChoices):
    """What a village does for the movement (loại hoạt động)."""

    TRAINING = "tap-huan", "tập huấn kỹ năng số"
    DAY = "ngay-hoi", "Ngày công nghệ số cộng đồng"
    TALK = "tuyen-truyen", "tuyên truyền"
    DOOR_TO_DOOR = "den-nha", "đến từng nhà cầm tay chỉ việc"
    OTHER = "khac", "hoạt động khác"


class EventKind(models.TextChoices):
    """Dated events in a household's life (biến động)."""

    LISTED = "vao-so", "vào sổ"
    NEW_HEAD = "doi-chu-ho", "đổi chủ hộ"
    MOVED = "chuyen-thon", "chuyển thôn"
    SPLIT = "tach-ho", "tách hộ"
    DEATH = "nguoi-mat", "có người mất"
    DISSOLVED = "thoi-ho", "thôi là một hộ"
    MERGED = "gop", "gộp vào hộ khác"
    UNMERGED = "go-gop", "gỡ gộp"
    CORRECTED = "sua", "sửa thông tin"
    LEFT = "ra-khoi-so", "ra khỏi sổ"


class Purpose(models.TextChoices):
    """What a consent is for (mục đích); each is asked and withdrawn apart (Luật 91/2025, Điều 9)."""

    REGISTER = "ghi-so", "Ghi vào sổ Gia đình số"
    NAME = "ten", "Tên ở trang Vinh danh"
    PHOTO = "anh", "Ảnh trên trang web"
    STORY = "cau-chuyen", "Câu chuyện, giọng nói, video"
    FACEBOOK = "facebook", "Đưa lên Facebook"
    ZALO = "zalo", "Đưa lên Zalo"
    LOUDSPEAKER = "loa", "Đọc trên loa truyền thanh"
    WINNER = "ket-qua-thi", "Đăng kết quả thi"


class NameForm(models.TextChoices):
    """How a family's name is shown in public; the family chooses."""

    FULL = "day-du", "họ tên chủ hộ"
    SHORT = "viet-gon", "tên viết gọn"
    VILLAGE = "chi-thon", "chỉ tên thôn"


class ConsentMeans(models.TextChoices):
    """How a consent was given or withdrawn (cách đồng ý)."""

    WEB = "tu-bam", "tự bấm trên trang"
    SIGNED = "ky", "ký giấy"
    THUMB = "diem-chi", "điểm chỉ"
    SPOKEN = "noi", "nói trước người làm chứng"
    PHONE = "dien-thoai", "gọi điện"


class Subject(models.TextChoices):
    """Of whom a consent speaks; children have rules of their own (Luật 91/2025, Điều 24)."""

    HEAD = "chu-ho", "chủ hộ"
    ADULT = "nguoi-lon", "người lớn trong nhà"
    CHILD = "tre-7-16", "trẻ từ đủ 7 đến dưới 16 tuổi"
    SMALL_CHILD = "tre-duoi-7", "trẻ dưới 7 tuổi"


class HelpState(models.TextChoices):
    """Where a request for help stands (yêu cầu giúp)."""

    OPEN = "moi", "chưa ai nhận"
    TAKEN = "dang-giup", "đang giúp"
    DONE = "xong", "đã giúp xong"
    CLOSED = "dong", "đóng, không giúp được"


OPEN_HELP_STATES = (HelpState.OPEN, HelpState.TAKEN)


class ProposalState(models.TextChoices):
    """Where a village's list stands (danh sách thôn đề nghị)."""

    DRAFT = "soan", "thôn đang lập"
    SUBMITTED = "da-gui", "đã gửi xã"
    RETURNED = "tra-lai", "xã trả lại"
    ACCEPTED = "dong-y", "xã đã nhận"
    DECIDED = "da-quyet", "đã có quyết định"


#: {verb: (from any of these, to)}; nothing else is allowed.
PROPOSAL_TRANSITIONS = {
    "submit": ((ProposalState.DRAFT, ProposalState.RETURNED), ProposalState.SUBMITTED),
    "return": ((ProposalState.SUBMITTED,), ProposalState.RETURNED),
    "accept": ((ProposalState.SUBMITTED,), ProposalState.ACCEPTED),
    "decide": ((ProposalState.ACCEPTED,), ProposalState.DECIDED),
}
EDITABLE_PROPOSAL_STATES = (ProposalState.DRAFT, ProposalState.RETURNED)


class ReportState(models.TextChoices):
    """Where a village's quarterly report stands (báo cáo quý của thôn)."""

    DRAFT = "soan", "thôn đang soạn"
    SUBMITTED = "da-gui", "đã gửi xã"
    RETURNED = "tra-lai", "xã trả lại"
    ACCEPTED = "dong-y", "xã đã nhận"


#: {verb: (from any of these, to)}; nothing else is allowed. A close needs no verb: closed periods change no more.
REPORT_TRANSITIONS = {
    "submit": ((ReportState.DRAFT, ReportState.RETURNED), ReportState.SUBMITTED),
    "return": ((ReportState.SUBMITTED, ReportState.ACCEPTED), ReportState.RETURNED),
    "accept": ((ReportState.SUBMITTED,), ReportState.ACCEPTED),
}
EDITABLE_REPORT_STATES = (ReportState.DRAFT, ReportState.RETURNED)


class DecisionKind(models.TextChoices):
    """What a signed decision does (loại quyết định)."""

    RECOGNISE = "cong-nhan", "công nhận"
    CORRECT = "dinh-chinh", "đính chính"
    REVOKE = "thu-hoi", "thu hồi"


class CertificateState(models.TextChoices):
    """Where a certificate stands; it is never deleted."""

    VALID = "hieu-luc", "hiệu lực"
    REPLACED = "da-thay", "đã thay"
    REVOKED = "da-thu-hoi", "đã thu hồi"


class DataRequestKind(models.TextChoices):
    """Rights over one's own data (Luật 91/2025, NĐ 356/2025)."""

    SEE = "xem", "xem hoặc lấy bản sao"
    CORRECT = "sua", "sửa"
    WITHDRAW = "rut", "rút lại sự đồng ý"
    RESTRICT = "han-che", "hạn chế dùng"
    ERASE = "xoa", "xóa"


class DoubtKind(models.TextChoices):
    """Why a visit deserves a second look (R22): it may well be right, and only who was there knows."""

    QUICK = "nhanh", "Thăm chưa tới một phút"
    ALIKE = "giong-nhau", "Nhiều nhà liền nhau ghi giống hệt"
    SAME_PICTURE = "trung-anh", "Một ảnh ở hai nhà"
