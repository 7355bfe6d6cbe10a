"""The household: one entity with a code that outlives names, phones, heads and villages."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat

from portal.core.appendonly import Fact
from portal.core.phones import masked, national
from portal.core.text import fold, nfc, vietnamese_sort_key
from portal.households.enums import CapableMember, Channel, EventKind, PhoneOwner
from portal.households.models.village import Village

CODE_PREFIX = "BT"
#: A name so long that its key is cut is in order among its like by its beginning.
SORT_KEY_LENGTH = 400


def typed_words(text: str) -> list[str]:
    """What to look for in `search_text`: letters begin a word there, digits stand anywhere in a phone or a code."""
    found = []
    for word in fold(text).split()[:6]:
        bare = word.replace("-", "").removeprefix(CODE_PREFIX.lower())
        if any(char.isdecimal() for char in bare):
            found.append(bare)
        elif bare:
            found.append(f" {word}")
    return found


def search_text_of(head_name: str, nickname: str, code: str, phone: str) -> str:
    """Every word with a space before it, marks left out; of the code what tells one household from another."""
    words = fold(f"{head_name} {nickname} {code.removeprefix(CODE_PREFIX + '-')} {phone}").split()
    return "".join(f" {word}" for word in words)[:400]


class HouseholdQuerySet(models.QuerySet["Household"]):
    """The reading vocabulary of the register."""

    def listed(self) -> Self:
        """Households on the register today: not merged away, not struck off."""
        return self.filter(survivor=None, listed_to=None)

    def listed_on(self, day: date) -> Self:
        """Households that count on that day. A duplicate that was merged away never counts, on any day."""
        return self.filter(Q(listed_to=None) | Q(listed_to__gt=day), survivor=None, listed_from__lte=day)

    def in_villages(self, villages: "models.QuerySet[Village]") -> Self:
        """Households of these villages."""
        return self.filter(village__in=villages)

    def matching(self, words: str, *, in_order: bool = False) -> Self:
        """Households that answer every one of these words; see `typed_words`.

        `in_order`: PostgreSQL is to look for them along the list's order, not to gather all of them by trigrams first;
        right where few are looked through, or where many answer.
        """
        # What is composed has no index of trigrams.
        found = self.annotate(read_text=Concat("search_text", Value(""))) if in_order else self
        for word in typed_words(words):
            found = found.filter(**{f"{'read_text' if in_order else 'search_text'}__contains": word})
        return found


class Household(models.Model):
    """A family on the register (hộ gia đình). Names are kept as written; no ID number, no place on a map."""

    number = models.PositiveIntegerField("số thứ tự", unique=True, editable=False)
    code = models.CharField("mã hộ", max_length=16, unique=True, editable=False)
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="households", verbose_name="thôn")
    head_name = models.CharField("họ và tên chủ hộ", max_length=120)
    sort_key = models.CharField("khóa xếp tên", max_length=SORT_KEY_LENGTH, editable=False)
    sort_name = models.CharField(
        "xếp theo tên", max_length=120, blank=True, help_text="Chỉ điền khi tên gọi có hai chữ, ví dụ: Ca Ron."
    )
    nickname = models.CharField("tên thường gọi", max_length=80, blank=True)
    neighbour_hint = models.CharField("gần nhà ai", max_length=160, blank=True)
    head_birth_year = models.PositiveSmallIntegerField("năm sinh chủ hộ", null=True, blank=True)
    member_count = models.PositiveSmallIntegerField("số người", null=True, blank=True)
    phone = models.CharField("số điện thoại", max_length=16, blank=True)
    phone_owner = models.CharField("số của ai", max_length=12, choices=PhoneOwner.choices, blank=True)
    capable_member = models.CharField(
        "ai trong nhà dùng được dịch vụ số", max_length=12, choices=CapableMember.choices, default=CapableMember.UNKNOWN
    )
    # Barriers are needs for the commune to answer, never a family's failing.
    has_no_signal = models.BooleanField("nhà không có sóng", default=False)
    has_no_power = models.BooleanField("nhà không có điện", default=False)
    has_hardship = models.BooleanField("già yếu hoặc khuyết tật", default=False)
    listed_from = models.DateField("vào sổ ngày")
    listed_to = models.DateField("thôi ở sổ từ ngày", null=True, blank=True)
    survivor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed", verbose_name="đã gộp vào"
    )
    # Where the chain of survivors ends; itself for a household that was never merged. Facts stay where they were
    # recorded and are read through the root, so that undoing a merge has nothing to move back.
    root = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="cluster",
        verbose_name="hộ gốc",
    )
    channel = models.CharField("vào sổ bằng", max_length=8, choices=Channel.choices, default=Channel.WEB)
    batch = models.ForeignKey(
        "households.ImportBatch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="lô nhập",
    )
    secret_digest = models.CharField("dấu của số bí mật", max_length=64, blank=True, editable=False)
    search_text = models.CharField("chữ để tìm", max_length=400, editable=False)
    # What the visits say today; a cache that `manage.py rebuild_standing` can always make anew.
    met_count = models.PositiveSmallIntegerField("số tiêu chí đạt", null=True, blank=True, editable=False)
    open_count = models.PositiveSmallIntegerField("số tiêu chí chưa xem rõ", null=True, blank=True, editable=False)
    is_passing = models.BooleanField("đủ điều kiện", null=True, blank=True, editable=False)
    last_visited_on = models.DateField("thăm gần nhất", null=True, blank=True, editable=False)
    # Whether a request for help of the family is open; kept by the services of help requests and of merging.
    is_waiting = models.BooleanField("đang chờ giúp", default=False, editable=False)
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = "hộ gia đình"
        verbose_name_plural = "hộ gia đình"
        ordering = ["sort_key", "id"]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="household_by_name"),
            models.Index(fields=["village", "sort_key", "id"], name="household_by_village"),
            models.Index(
                fields=["sort_key", "id", "village"], condition=Q(is_waiting=True), name="household_waiting_by_name"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(listed_to=None) | Q(listed_to__gte=models.F("listed_from")),
                name="household_dates_in_order",
                violation_error_message="Ngày thôi ở sổ không được trước ngày vào sổ.",
            ),
            models.CheckConstraint(
                condition=~Q(survivor=models.F("id")),
                name="household_not_its_own_survivor",
                violation_error_message="Một hộ không gộp vào chính nó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.head_name}"

    def derive(self) -> None:
        """Set what follows from other columns: order and search. Called by every service that writes a household."""
        self.head_name, self.nickname = nfc(self.head_name).strip(), nfc(self.nickname).strip()
        ordered = f"{self.head_name} {self.sort_name}" if self.sort_name else self.head_name
        self.sort_key = vietnamese_sort_key(ordered)[:SORT_KEY_LENGTH]
        self.search_text = search_text_of(self.head_name, self.nickname, self.code, national(self.phone))

    @property
    def masked_phone(self) -> str:
        """The phone for lists; the whole one asks for a reason and is logged."""
        return masked(self.phone)


class Counter(models.Model):
    """Last number given out per kind (số đã cấp); never goes back, so that no code is used twice."""

    name = models.CharField("loại số", max_length=40, unique=True)
    last = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        verbose_name = "số đã cấp"
        verbose_name_plural = "số đã cấp"

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class Residence(models.Model):
    """Where a household lived from one day to another (nơi ở): figures of a past day need the village of that day."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="residences", verbose_name="hộ")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="residences", verbose_name="thôn")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        verbose_name = "nơi ở"
        verbose_name_plural = "nơi ở"
        ordering = ["household", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(valid_to=None), name="residence_one_at_a_time_per_household"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}: {self.village}"


class HouseholdEvent(Fact):
    """Something that happened to a household on a day (biến động)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="events", verbose_name="hộ")
    kind = models.CharField("loại", max_length=12, choices=EventKind.choices)
    happened_on = models.DateField("ngày")
    details = models.JSONField("chi tiết", default=dict)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    class Meta:
        verbose_name = "biến động"
        verbose_name_plural = "biến động"
        ordering = ["happened_on", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on:%d/%m/%Y}"


class TeamMembership(models.Model):
    """Who belongs to a village's team, and since when (thành viên tổ công nghệ số)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="team_memberships", verbose_name="tài khoản"
    )
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="memberships", verbose_name="thôn")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    panels: ClassVar[list[str]] = ["user", "village", "valid_from", "valid_to"]

    class Meta:
        verbose_name = "thành viên tổ"
        verbose_name_plural = "thành viên tổ"
        ordering = ["village", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "village", "valid_from"], name="membership_once_per_start"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.village}"
