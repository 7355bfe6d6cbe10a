"""What readers search: one entry for each public page, kept fresh by `portal.home.search.indexing`."""

from datetime import date, timedelta

from django.db import models

EPOCH = date(1970, 1, 1)
PAGE_BITS = 32
OLDEST = (1 << 62) - 1


class PageKind(models.TextChoices):
    """What a reader may narrow a search to; the values stand in addresses (`?loai=huong-dan`)."""

    GUIDE = "huong-dan", "Hướng dẫn"
    NEWS = "tin-tuc", "Tin tức"
    STORY = "cau-chuyen", "Câu chuyện"
    ACTIVITY = "hoat-dong", "Hoạt động"
    DOCUMENT = "van-ban", "Văn bản"
    STANDING = "gioi-thieu", "Trang giới thiệu"


class SearchEntry(models.Model):
    """A public page in the readers' search (mục tìm kiếm). Narrow on purpose: counting reads a row per match.

    The key holds the day of the page and its number, the newest lowest: the databases keep matches in the order of
    keys, and so have the newest at hand without sorting.
    """

    id = models.BigAutoField("thứ tự", primary_key=True)
    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="search_entry", verbose_name="trang"
    )
    kind = models.CharField("loại trang", max_length=12, choices=PageKind.choices)

    wagtail_reference_index_ignore = True  # an entry is no use of the page that an editor should be told about

    class Meta:
        verbose_name = "mục tìm kiếm"
        verbose_name_plural = "mục tìm kiếm"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.page_id}"

    @staticmethod
    def key_for(page_id: int, day: date | None) -> int:
        """The key of a page of that day; pages without a day are the oldest."""
        days = max((day - EPOCH).days, 0) if day else 0
        return OLDEST - ((days << PAGE_BITS) | page_id)

    @property
    def listed_on(self) -> date | None:
        """The day of the page."""
        days = (OLDEST - self.pk) >> PAGE_BITS
        return EPOCH + timedelta(days=days) if days else None


class SearchText(models.Model):
    """The words of an entry (chữ của mục tìm kiếm): as written for excerpts, as tokens for finding."""

    entry = models.OneToOneField(
        SearchEntry, on_delete=models.CASCADE, primary_key=True, related_name="words", verbose_name="mục tìm kiếm"
    )
    text = models.TextField("chữ trong trang")
    tokens = models.TextField("khóa tìm kiếm")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "chữ của mục tìm kiếm"
        verbose_name_plural = "chữ của mục tìm kiếm"

    def __str__(self) -> str:
        return self.text[:60]
