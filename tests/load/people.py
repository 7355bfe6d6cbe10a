"""Invented heads of households with the skew of real names: a few surnames and middle names are nearly everybody's."""

import random
from functools import lru_cache

from portal.core.text import fold, vietnamese_sort_key

SURNAMES = {
    "Phạm": 42, "Đinh": 17, "Nguyễn": 16, "Trần": 6, "Lê": 5, "Võ": 3, "Huỳnh": 3, "Bùi": 2, "Đỗ": 2, "Ngô": 1,
    "Hồ": 1, "Dương": 1, "Lý": 1,
}  # fmt: skip
MIDDLES = {
    "Văn": 30, "Thị": 40, "Xuân": 3, "Minh": 3, "Ngọc": 3, "Đức": 3, "Thanh": 3, "Quốc": 2, "Hữu": 2, "Kim": 2,
    "Thu": 2, "Bảo": 2, "Tấn": 2, "Hồng": 2, "Công": 1,
}  # fmt: skip
#: The most frequent first.
GIVEN = """Hùng Hoa Lan Dũng Hương Tuấn Hà Nam Hòa Thảo Minh Sơn Hằng Bình Mai Phương Long Đức Nga Hải Tâm Hạnh Tùng
Liên Cường Thu Vinh Yến Thủy Trung Nhung Quang Loan Thắng Hiền Phúc Oanh Tiến Dung Hiếu Vân Thành Ngọc Kiên Trang Lâm
Huệ Khoa Nhàn Toàn Bích Đạt Xuân Lộc Thơm Nghĩa Cúc Vũ Lý Tài Diễm Quân Sen Thịnh Hồng Bảo Thoa Duy Gấm Khánh Mận An Én
Lành Đền Y Chiến Nết Tư Út Năm Bông Rin Đông Tây Trin Sáu Bảy Tám Lươn Ron Thiêng Rô Ngút Bá Đá Lép Xút Nghe Vên Ới Điếu
Thim Gốc Trôi Khoai Chút Thum Bắp Nhứt Ghi Dế Phơn Viếu Chung Sang Giàu Bền Nhẫn Chính Khiêm Tín Ngà Sương Tuyết Trúc
Đào Lựu Quế Thông Tùy Dinh Nhị Tam Tứ Ngũ Lục""".split()
CARRIERS = (32, 33, 34, 35, 36, 37, 38, 39, 70, 76, 77, 78, 79, 81, 82, 83, 84, 85, 86, 88, 90, 91, 93, 94, 96, 97, 98)
CALLED = ("Cha", "Mẹ", "Ông", "Bà")
#: In every register, however large: seven families are called so.
RARE_NICKNAME, RARE_TIMES = "Cha Rênh", 7


class People:
    """Draws a head and a nickname; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._given_weights = [1 / (rank + 8) ** 0.9 for rank in range(len(GIVEN))]

    def heads(self, number: int) -> list[str]:
        """Full names."""
        surnames = self._drawn(list(SURNAMES), list(SURNAMES.values()), number)
        middles = self._drawn(list(MIDDLES), list(MIDDLES.values()), number)
        givens = self._drawn(GIVEN, self._given_weights, number)
        return [" ".join(parts) for parts in zip(surnames, middles, givens, strict=True)]

    def nicknames(self, number: int) -> list[str]:
        """Half of the families are known by a child's name."""
        children = self._drawn(GIVEN, self._given_weights, number)
        return [f"{self._dice.choice(CALLED)} {child}" if self._dice.random() < 0.5 else "" for child in children]

    def phones(self, number: int) -> list[str]:
        """In E.164."""
        return [f"+84{self._dice.choice(CARRIERS)}{self._dice.randrange(10**7):07d}" for _ in range(number)]

    def _drawn(self, words: list[str], weights: list[float], number: int) -> list[str]:
        return self._dice.choices(words, weights, k=number)


sort_key = lru_cache(maxsize=None)(vietnamese_sort_key)
folded = lru_cache(maxsize=None)(fold)
