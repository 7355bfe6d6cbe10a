"""Entries (bài dự thi): every sending is a fact of its own; a change is a further version under the same code."""

from django.conf import settings
from django.db import models

from portal.campaign.enums import EntryChannel
from portal.campaign.models.rounds import Round
from portal.core.appendonly import Fact

#: “Dự thi”. Drawn codes, so that nobody reads from a code how many have entered.
ENTRY_PREFIX = "DT"


class Entry(Fact):
    """One sending of an entry. Rows with one `code` are its versions; the last one in before the close is valid."""

    #: Made when the form was opened; the same form sent twice is one row and one receipt (invariant 8).
    token = models.UUIDField("mã phiếu", unique=True)
    code = models.CharField("mã bài", max_length=20)
    version = models.PositiveSmallIntegerField("bản", default=1)
    #: Token of the first version: the family's secret number and the list's digests hang on it.
    first_token = models.UUIDField("mã phiếu đầu tiên", editable=False)
    # Round and household are found by the wider indexes below; one more of each would only slow the last minute down.
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="entries", db_index=False, verbose_name="vòng"
    )
    channel = models.CharField("gửi bằng", max_length=4, choices=EntryChannel.choices, default=EntryChannel.WEB)
    household = models.ForeignKey(
        "households.Household",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="hộ theo mã đã ghi",
    )
    #: The household's secret number was typed too, or the team holds the paper.
    is_confirmed = models.BooleanField("đã xác nhận là của hộ", default=False)
    head_name = models.CharField("tên chủ hộ", max_length=120, blank=True)
    village = models.ForeignKey(
        "households.Village", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thôn"
    )
    phone = models.CharField("số điện thoại", max_length=16, blank=True)
    #: Whose it is, as a keyed mark (`entrants.entrant_key`): what the limit for each family is counted by.
    entrant = models.CharField("dấu người dự thi", max_length=32, blank=True, editable=False)
    #: What the game's kind asks for; shapes are documented in `portal.campaign.kinds`.
    content = models.JSONField("bài làm", default=dict)
    #: How the family wants to be named should it win; “” for by code only.
    shown_as = models.CharField("hiện tên thế nào", max_length=10, blank=True)
    rules_version = models.PositiveSmallIntegerField("theo bản thể lệ", default=1)
    opened_at = models.DateTimeField("mở phiếu lúc")
    received_at = models.DateTimeField("nhận lúc")
    is_late = models.BooleanField("gửi trong giờ làm nốt", default=False)
    #: Held for a look before it counts: sent in a flood without the small work that a browser does.
    is_held = models.BooleanField("giữ lại xem", default=False)
    digest = models.CharField("dấu bài làm", max_length=64)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người nhập",
    )
    #: When words, names and pictures were erased; from then on `digest` alone stands for what was said.
    erased_at = models.DateTimeField("đã xóa lúc", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "bài dự thi"
        verbose_name_plural = "bài dự thi"
        ordering = ["received_at", "id"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="entry_version_once_per_code")]
        indexes = [
            models.Index(fields=["round", "code"], name="entry_by_round"),
            models.Index(fields=["household", "round"], name="entry_by_household"),
            models.Index(fields=["round", "entrant"], name="entry_by_entrant"),
            models.Index(fields=["round", "received_at"], name="entry_by_arrival"),
        ]

    def __str__(self) -> str:
        return f"{self.code} bản {self.version}"


class EntryPhoto(models.Model):
    """A picture that came with an entry (ảnh dự thi): private until a moderator lets it out."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="photos", verbose_name="bài dự thi")
    name = models.CharField("tên trong kho riêng", max_length=120, unique=True)
    #: SHA-256 of the pixels, for finding the same picture twice.
    digest = models.CharField("dấu ảnh", max_length=64, db_index=True)
    uploaded_at = models.DateTimeField("nhận lúc", auto_now_add=True)

    class Meta:
        verbose_name = "ảnh dự thi"
        verbose_name_plural = "ảnh dự thi"

    def __str__(self) -> str:
        return self.name


class EntrySheet(models.Model):
    """A printed entry sheet (phiếu giấy): its code is the code of the entry, its stub the family's receipt."""

    token = models.UUIDField("mã phiếu", unique=True)
    code = models.CharField("mã bài", max_length=20, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sheets", verbose_name="vòng")
    household = models.ForeignKey(
        "households.Household", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hộ"
    )
    #: For whose team a blank sheet was printed; None for all of them.
    village = models.ForeignKey(
        "households.Village", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thôn"
    )
    printed_at = models.DateTimeField("in lúc", auto_now_add=True)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người in"
    )

    class Meta:
        verbose_name = "phiếu giấy"
        verbose_name_plural = "phiếu giấy"
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "household"],
                condition=models.Q(household__isnull=False),
                name="sheet_once_per_household_and_round",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class EntryMatch(Fact):
    """A member of staff says whose entry it is (khớp hộ). The last saying holds; without household: nobody's we know.

    `is_undone` takes the sayings before it back: the entry is again what the family wrote.
    """

    code = models.CharField("mã bài", max_length=20, db_index=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="matches", verbose_name="vòng")
    household = models.ForeignKey(
        "households.Household", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hộ"
    )
    is_undone = models.BooleanField("đã rút lại", default=False)
    matched_at = models.DateTimeField("khớp lúc", auto_now_add=True)
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người khớp"
    )

    class Meta:
        verbose_name = "khớp hộ"
        verbose_name_plural = "khớp hộ"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code
