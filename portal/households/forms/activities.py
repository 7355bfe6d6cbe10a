"""The form for an activity of a village: what, when, where, who came."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from portal.core.upload_forms import WholeImageField
from portal.households.enums import ActivityKind
from portal.households.forms.office import DayField, NumberField
from portal.households.forms.team import DeskForm
from portal.households.forms.team_visits import MAX_PHOTO_BYTES
from portal.households.models import ActivityReport, Village
from portal.households.services.activities import ActivityEntry

#: Far beyond any crowd of the commune: more is a slip of the finger.
MOST_PEOPLE = 5000
#: Announcements offered to choose from, the newest.
PAGES_SHOWN = 60
#: Boxes that may be filled in by the address: nothing personal among them.
FILLED_IN = ("page", "village", "held_on", "topic", "place", "people_count")
COPIED = ("held_on", "kind", "topic", "place", "people_count", "men_count", "women_count", "elder_count", "note")


def announcements() -> QuerySet[Page]:
    """Public pages that announce an activity."""
    live = Page.objects.live().filter(content_type__app_label="campaign", content_type__model="activitypage")
    return live.order_by("-first_published_at", "-pk")


class PhotoForm(DeskForm):
    """One more picture."""

    photo = WholeImageField(
        label="Ảnh hoạt động",
        help_text="Chỉ tổ của thôn và cán bộ xem được. Nơi chụp được bỏ khỏi ảnh.",
        error_messages={"required": "Xin chọn một ảnh."},
    )

    def clean_photo(self) -> Any:
        """Refuse what no phone sends."""
        photo = self.cleaned_data.get("photo")
        if photo and photo.size > MAX_PHOTO_BYTES:
            raise ValidationError("Ảnh nặng quá 10 MB. Chọn ảnh khác hoặc chụp lại cỡ nhỏ. Các ô khác vẫn còn.")
        return photo


class ActivityForm(PhotoForm):
    """A report. Its id is made when the form is opened: the same form sent twice is one report."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    village = forms.ModelChoiceField(label="Thôn", queryset=Village.objects.none(), empty_label=None)
    held_on = DayField(label="Làm ngày nào")
    kind = forms.ChoiceField(label="Loại hoạt động", choices=ActivityKind.choices)
    topic = forms.CharField(label="Làm gì", max_length=200, help_text="Ví dụ: chỉ bà con cài VNeID.")
    place = forms.CharField(label="Ở đâu", max_length=160, help_text="Ví dụ: nhà văn hóa thôn.")
    people_count = NumberField(label="Số người dự", min_value=0, max_value=MOST_PEOPLE)
    men_count = NumberField(label="Nam", min_value=0, max_value=MOST_PEOPLE, required=False)
    women_count = NumberField(label="Nữ", min_value=0, max_value=MOST_PEOPLE, required=False)
    elder_count = NumberField(label="Từ 60 tuổi trở lên", min_value=0, max_value=MOST_PEOPLE, required=False)
    note = forms.CharField(
        label="Ghi chú", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Không ghi tên, số điện thoại của bà con.",
    )  # fmt: skip
    page = forms.ModelChoiceField(
        label="Bài báo trước trên trang", queryset=Page.objects.none(), required=False, empty_label="không có"
    )

    field_order = (
        "token", "village", "held_on", "kind", "topic", "place", "people_count", "men_count", "women_count",
        "elder_count", "note", "page", "photo",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        villages: QuerySet[Village],
        old: ActivityReport | None = None,
        known: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`known`: boxes of a new report that another room of the desk fills in beforehand."""
        super().__init__(*args, initial=_initial(old) | _filled_in(known or {}), **kwargs)
        self.fields["photo"].required = False
        village, page = self.fields["village"], self.fields["page"]
        if isinstance(village, forms.ModelChoiceField) and isinstance(page, forms.ModelChoiceField):
            village.queryset = villages
            page.queryset = Page.objects.filter(pk__in=announcements().values("pk")[:PAGES_SHOWN])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        people, elders = cleaned.get("people_count"), cleaned.get("elder_count")
        men, women = cleaned.get("men_count"), cleaned.get("women_count")
        if people is not None and men is not None and women is not None and men + women != people:
            self.add_error(
                "women_count", f"Nam {men} cộng nữ {women} là {men + women}, chưa bằng số người dự {people}."
            )
        if people is not None and elders is not None and elders > people:
            self.add_error("elder_count", f"Số người từ 60 tuổi nhiều hơn số người dự {people}.")
        return cleaned

    def entry(self) -> ActivityEntry:
        """What the service takes."""
        data = self.cleaned_data
        values = {name: data[name] for name in COPIED}
        return ActivityEntry(
            **{**values, "kind": ActivityKind(data["kind"])},
            token=data["token"],
            village=data["village"],
            page_id=data["page"].pk if data["page"] else None,
        )


def _filled_in(known: Mapping[str, str]) -> dict[str, str]:
    kinds = {kind.value for kind in ActivityKind}
    values = {name: known[name][:200] for name in (*FILLED_IN, "kind") if known.get(name)}
    if values.get("kind", "") not in kinds:
        values.pop("kind", None)
    return values


def _initial(old: ActivityReport | None) -> dict[str, Any]:
    values: dict[str, Any] = {"token": uuid4(), "held_on": timezone.localdate()}
    if old is not None:
        values |= {name: getattr(old, name) for name in COPIED} | {"village": old.village_id, "page": old.page_id}
    return values
