"""How names and abbreviations are said aloud: rows of a table, which the office may change and add to.

Names of apps as spoken here are ours until the commune's announcer has heard them; her word replaces the row.
"""

from typing import NamedTuple

#: Letters by name, for whatever nobody reads as a word.
LETTERS = {
    "a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "đê", "đ": "đê", "e": "e", "ê": "ê", "f": "ép", "g": "giê",
    "h": "hát", "i": "i", "j": "giây", "k": "ca", "l": "e-lờ", "m": "em-mờ", "n": "nờ", "o": "ô", "ô": "ô", "ơ": "ơ",
    "p": "pê", "q": "quy", "r": "rờ", "s": "ét", "t": "tê", "u": "u", "ư": "ư", "v": "vê", "w": "vê kép", "x": "ích",
    "y": "y dài", "z": "dét",
}  # fmt: skip


class Saying(NamedTuple):
    """What is written, what is said the first time, and what is said from then on (“” for the same)."""

    written: str
    spoken: str
    later: str = ""


#: Abbreviations of offices and papers; told apart by their capitals.
ABBREVIATIONS = tuple(
    Saying(*row)
    for row in (
        ("UBND", "Ủy ban nhân dân"),
        ("HĐND", "Hội đồng nhân dân"),
        ("UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
        ("MTTQ", "Mặt trận Tổ quốc"),
        ("TTHC", "thủ tục hành chính"),
        ("Cổng DVC", "Cổng Dịch vụ công"),
        ("DVCTT", "dịch vụ công trực tuyến"),
        ("DVC", "dịch vụ công"),
        ("PVHCC", "Phục vụ hành chính công"),
        ("CUDVC", "Cung ứng Dịch vụ công"),
        ("VH-XH", "Văn hóa Xã hội"),
        ("VHXH", "Văn hóa Xã hội"),
        ("PVHXH", "Phòng Văn hóa Xã hội"),
        ("KT-XH", "kinh tế xã hội"),
        ("CNSCĐ", "công nghệ số cộng đồng"),
        ("CĐS", "chuyển đổi số"),
        ("CNTT", "công nghệ thông tin"),
        ("ATTT", "an toàn thông tin"),
        ("ANTT", "an ninh trật tự"),
        ("BHYT", "bảo hiểm y tế"),
        ("BHXH", "bảo hiểm xã hội"),
        ("CCCD", "thẻ căn cước"),
        ("CMND", "chứng minh nhân dân"),
        ("SĐT", "số điện thoại"),
        ("NVH", "nhà văn hóa"),
        ("BCĐ", "ban chỉ đạo"),
        ("PCT", "phó chủ tịch"),
        ("GDĐT", "giáo dục và đào tạo"),
        ("GD&ĐT", "giáo dục và đào tạo"),
        ("THCS", "trung học cơ sở"),
        ("THPT", "trung học phổ thông"),
        ("HTX", "hợp tác xã"),
        ("PCCC", "phòng cháy chữa cháy"),
        ("ĐVTN", "đoàn viên thanh niên"),
        ("TNCS", "Thanh niên Cộng sản"),
        ("LHPN", "Liên hiệp Phụ nữ"),
        ("CCB", "Cựu chiến binh"),
        ("TDP", "tổ dân phố"),
        ("STT", "số thứ tự"),
        ("VTV", "vê tê vê"),
        ("SIM", "sim"),
        ("SMS", "tin nhắn"),
        ("PIN", "pin"),
        ("ATM", "a tê em-mờ"),
        ("v.v.", "vân vân"),
        ("v.v", "vân vân"),
    )
)

#: Names and foreign words, whatever their capitals.
NAMES = tuple(
    Saying(*row)
    for row in (
        ("mã QR", "mã vuông, gọi là mã quy rờ", "mã quy rờ"),
        ("QR code", "mã vuông, gọi là mã quy rờ", "mã quy rờ"),
        ("QR", "mã vuông, gọi là mã quy rờ", "mã quy rờ"),
        ("mã OTP", "mã ô tê pê, là mã số ngân hàng nhắn tới máy", "mã ô tê pê"),
        ("OTP", "mã ô tê pê, là mã số ngân hàng nhắn tới máy", "mã ô tê pê"),
        ("VNeID", "vê nờ e i đê"),
        ("Zalo", "da lô"),
        ("Ví MoMo", "ví mô mô"),
        ("MoMo", "mô mô"),
        ("VNPT Money", "vê nờ pê tê mân-ni"),
        ("VNPT", "vê nờ pê tê"),
        ("iSuckhoe", "i sức khỏe"),
        ("eNetViet", "e nét Việt"),
        ("Gmail", "gờ meo, là hộp thư trên mạng", "gờ meo"),
        ("Agribank E-Mobile Banking", "ứng dụng ngân hàng a-gri-băng"),
        ("Agribank", "ngân hàng a-gri-băng"),
        ("Vietcombank", "ngân hàng viết-com-băng"),
        ("Google Meet", "gu-gồ mít"),
        ("Google", "gu-gồ"),
        ("Facebook", "phây-búc"),
        ("YouTube", "diu-túp"),
        ("TikTok", "tích-tốc"),
        ("Viettel", "viết-teo"),
        ("VinaPhone", "vi-na-phôn"),
        ("MobiFone", "mô-bi-phôn"),
        ("CH Play", "xê hát pờ-lây"),
        ("App Store", "áp xờ-to"),
        ("Android", "an-đờ-roi"),
        ("iPhone", "ai-phôn"),
        ("Wi-Fi", "oai-phai"),
        ("Wifi", "oai-phai"),
        ("4G", "bốn gờ"),
        ("5G", "năm gờ"),
        ("3G", "ba gờ"),
        ("Internet", "in-tơ-nét"),
        ("website", "trang web"),
        ("fanpage", "trang"),
        ("online", "trên mạng"),
        ("offline", "không cần mạng"),
        ("app", "ứng dụng"),
        ("laptop", "máy tính xách tay"),
        ("smartphone", "điện thoại thông minh"),
        ("minigame", "thi vui"),
        ("email", "thư điện tử"),
        ("e-mail", "thư điện tử"),
        ("video", "vi-đê-ô"),
        ("clip", "đoạn phim"),
        ("pano", "pa-nô"),
        ("hotline", "đường dây nóng"),
        ("đường link", "đường dẫn"),
        ("link", "đường dẫn"),
        ("PC", "máy tính bàn"),
        ("chính trị - xã hội", "chính trị xã hội"),
        ("kinh tế - xã hội", "kinh tế xã hội"),
        ("Văn hóa - Xã hội", "Văn hóa Xã hội"),
        ("Văn hóa – Xã hội", "Văn hóa Xã hội"),
        ("dichvucong.gov.vn", "Cổng Dịch vụ công quốc gia"),
    )
)

SAYINGS = (*NAMES, *ABBREVIATIONS)

#: Signs in the number of a paper: its kind, and whose it is.
PAPERS = {
    "QĐ": "quyết định", "KH": "kế hoạch", "TB": "thông báo", "BC": "báo cáo", "TTr": "tờ trình", "NQ": "nghị quyết",
    "CT": "chỉ thị", "CTr": "chương trình", "NĐ": "nghị định", "TT": "thông tư", "HD": "hướng dẫn", "GM": "giấy mời",
    "CV": "công văn", "KL": "kết luận", "PA": "phương án", "BB": "biên bản", "ĐA": "đề án",
}  # fmt: skip
ISSUERS = {
    "UBND": "Ủy ban nhân dân xã", "HĐND": "Hội đồng nhân dân xã", "TU": "Ban Thường vụ Tỉnh ủy", "ĐU": "Đảng ủy xã",
    "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "BCĐ": "Ban Chỉ đạo xã", "MTTQ": "Mặt trận Tổ quốc xã",
    "VPUB": "văn phòng Ủy ban",
}  # fmt: skip

UNITS = {
    "km²": "ki-lô-mét vuông", "km2": "ki-lô-mét vuông", "m²": "mét vuông", "m2": "mét vuông", "m³": "mét khối",
    "m3": "mét khối", "km/h": "ki-lô-mét một giờ", "km": "ki-lô-mét", "cm": "xen-ti-mét", "mm": "mi-li-mét", "m": "mét",
    "kg": "ki-lô-gam", "g": "gam", "ha": "héc-ta", "°C": "độ", "GB": "gi-ga", "MB": "mê-ga", "KB": "ki-lô",
    "ml": "mi-li-lít",
}  # fmt: skip
