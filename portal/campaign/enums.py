"""Vocabulary of the minigames. Values are stable; labels are what people read."""

from django.db import models


class GameKind(models.TextChoices):
    """What families do in a game (loại minigame); each kind has its own form in `portal.campaign.kinds`."""

    KNOWLEDGE = "nha-toi-gioi-so", "Nhà tôi giỏi số: trả lời câu hỏi"
    CASHLESS = "ngay-khong-tien-mat", "Ngày không tiền mặt: ghi lại từng ngày"


class Ranking(models.TextChoices):
    """How winners are found (cách xếp giải)."""

    SCORE = "diem", "Đúng nhiều hơn, đoán gần hơn, gửi sớm hơn; còn bằng nhau thì bốc thăm"
    JUDGED = "cham", "Ban giám khảo chấm điểm; bằng nhau thì bốc thăm"
    DRAW = "boc-tham", "Bốc thăm trong các bài được tính"


class CountingRule(models.TextChoices):
    """Which entry counts where a household has sent several (hộ gửi nhiều bài thì tính bài nào)."""

    LAST = "bai-sau-cung", "Tính bài gửi sau cùng"
    FIRST = "bai-dau-tien", "Tính bài gửi đầu tiên"
    PAPER = "bai-giay", "Có bài giấy thì tính bài giấy; không thì tính bài gửi sau cùng"


class SeedSource(models.TextChoices):
    """Where the outside number of a draw comes from; named before the round closes (số bốc thăm lấy từ đâu)."""

    LOTTERY = "xo-so", "Giải đặc biệt của một kỳ xổ số kiến thiết"
    DRAND = "drand", "Số ngẫu nhiên công khai của mạng drand"
    DICE = "xuc-xac", "Xúc xắc gieo trước người chứng kiến"


class PredictionOf(models.TextChoices):
    """What a family may predict; known only once the list is sealed (câu dự đoán)."""

    ENTRIES = "so-bai", "Có bao nhiêu bài được tính trong vòng này?"
    ALL_RIGHT = "so-bai-dung-het", "Có bao nhiêu bài được tính trả lời đúng tất cả các câu?"


class Part(models.TextChoices):
    """Pages on which a round is set up (phần của một vòng); values stand in their addresses."""

    HOURS = "gio", "Giờ mở, giờ đóng"
    RULES = "cach-choi", "Cách chơi và xếp giải"
    QUESTIONS = "cau-hoi", "Câu hỏi"
    NUMBER = "so-boc-tham", "Số bốc thăm"
    PRIZES = "giai-thuong", "Giải thưởng"
    JUDGES = "giam-khao", "Giám khảo"


class Phase(models.TextChoices):
    """Where a round stands; follows from the clock and from what has been done, never set by hand."""

    DRAFT = "soan", "đang soạn"
    ANNOUNCED = "sap-mo", "sắp mở"
    OPEN = "dang-mo", "đang mở"
    GRACE = "gui-tre", "đã đóng, còn nhận bài làm dở"
    CLOSED = "da-dong", "đã đóng, chờ chốt danh sách"
    SEALED = "da-chot", "đã chốt danh sách"
    DRAWN = "da-boc-tham", "đã bốc thăm"
    PUBLISHED = "da-cong-bo", "đã công bố"


class EntryChannel(models.TextChoices):
    """How an entry came in (kênh)."""

    WEB = "web", "trang web"
    PAPER = "giay", "phiếu giấy"


class CashlessWay(models.TextChoices):
    """How something was paid without cash (cách trả tiền); never how much, to whom, or from which account."""

    QR = "ma-qr", "Quét mã QR"
    WALLET = "vi", "Ví điện tử"
    BANK = "ngan-hang", "Chuyển khoản ngân hàng"
    CARD = "the", "Thẻ ngân hàng"
    BILL = "hoa-don", "Trả tiền điện, nước, học phí qua mạng"


class QuestionUse(models.TextChoices):
    """Where a question may appear: what is played for prizes is never given away in practice (dùng ở đâu)."""

    COUNTED = "thi", "Dùng trong bài thi"
    PRACTICE = "tap", "Dùng để tập"


class Verdict(models.TextChoices):
    """What a moderator said of an entry (kết quả xem bài)."""

    APPROVED = "duyet", "được đăng"
    REPAIR = "sua-lai", "gia đình sửa lại một lần"
    REFUSED = "khong-nhan", "không nhận"


class ExclusionReason(models.TextChoices):
    """Why a listed entry cannot win; published beside its code (vì sao không xét giải)."""

    NO_HOUSEHOLD = "khong-ro-ho", "chưa khớp được với hộ nào trong sổ"
    SUPERSEDED = "bai-khac", "hộ có bài khác được tính theo thể lệ"
    REFUSED = "khong-nhan", "bài không đúng thể lệ"
    ORGANISER = "ban-to-chuc", "người trong ban tổ chức"
    FALSE = "khai-sai", "thông tin không đúng"
    LATE = "qua-han", "gửi sau giờ nhận"
    HELD = "giu-lai", "gửi lúc quá đông, còn chờ xem"


class Relation(models.TextChoices):
    """Whether a judge knows whose entry it is (quan hệ)."""

    NONE = "khong", "không nhận ra bài của ai"
    KNOWN = "quen", "bài của người nhà hoặc người quen: tôi không chấm"


class SignupState(models.TextChoices):
    """Where a training sign-up stands (đăng ký chỗ)."""

    SEATED = "co-cho", "có chỗ"
    WAITING = "cho", "chờ chỗ"
    CANCELLED = "thoi", "đã thôi"


class HandoverCheck(models.TextChoices):
    """How it was made sure that a prize goes to its winner (nhận ra người nhận bằng)."""

    STUB = "cuong", "cuống phiếu hay giấy nhận: mã bài và số bí mật khớp"
    KNOWN = "nhan-mat", "không còn cuống: tổ biết mặt gia đình"


class HandoverSaying(models.TextChoices):
    """What was said of a prize after the results were out (việc trao giải)."""

    HANDED = "trao", "đã trao tận tay"
    MISSED = "khong-den", "chưa đến nhận"
    TAKEN_BACK = "dinh-chinh", "ghi nhầm, rút lại"


class MessageChannel(models.TextChoices):
    """How a text of the commune goes out (gửi bằng)."""

    ZALO = "zalo", "Zalo"
    LOUDSPEAKER = "loa", "loa truyền thanh"
    LETTER = "thu", "thư tay"


class SponsorForm(models.TextChoices):
    """What a sponsor gave (hình thức tài trợ)."""

    GOODS = "hien-vat", "hiện vật"
    MONEY = "tien", "tiền"
    BUDGET = "ngan-sach", "ngân sách của xã"
