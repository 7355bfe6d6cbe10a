"""The pages on which a round is set up. What was typed stays in its box, whatever is wrong with it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from portal.campaign.clock import SEALING
from portal.campaign.enums import CountingRule, PredictionOf, Ranking, SeedSource
from portal.campaign.forms.moments import WRITTEN, MomentField
from portal.campaign.kinds import kind_of
from portal.campaign.models import Round, Sponsorship
from portal.campaign.selectors.setup import RULES, changeable_rules
from portal.core.models import User
from portal.core.staff_forms import DayField, NumberField, OfficeForm

USUAL_DAYS_KEPT = 120


class SetupForm(OfficeForm):
    """Columns of a round. Once its rules are announced the form asks why, and what may not change stands still."""

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        self.round = round_
        columns = {field.name for field in Round._meta.fields}
        given = {name: getattr(round_, name) for name in self.base_fields if name in columns}
        super().__init__(*args, initial={**given, **kwargs.pop("initial", {})}, **kwargs)
        if round_.announced_at is not None:
            for name in RULES - changeable_rules(round_):
                if name in self.fields:
                    self.fields[name].disabled = True
            self.fields["reason"] = forms.CharField(
                label="Vì sao đổi",
                max_length=200,
                required=False,
                help_text="Ai cũng đọc được câu này ở trang vòng thi, ví dụ: Bão số 5, cả xã mất điện hai ngày.",
            )

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by column."""
        return self._changeable(self.cleaned_data)

    @property
    def reason(self) -> str:
        """Why announced rules are changed."""
        return str(self.cleaned_data.get("reason", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        typed = self._changeable(cleaned)
        changed = {name for name in typed.keys() & RULES if getattr(self.round, name) != typed[name]}
        if self.round.announced_at is not None and changed and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Xin ghi vì sao đổi; bà con cần biết.")
        return cleaned

    def _changeable(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in cleaned.items() if name != "reason" and not self.fields[name].disabled}

    def as_typed(self, cleaned: dict[str, Any]) -> Round:
        """The round as it would be, unsaved: for checks that need several boxes."""
        shape = Round(opens_at=self.round.opens_at, closes_at=self.round.closes_at)
        for field in Round._meta.fields:
            value = cleaned.get(field.name, getattr(self.round, field.attname))
            setattr(shape, field.attname, value)
        return shape


class HoursForm(SetupForm):
    """When it opens and closes, and how long what it gathers is kept."""

    title = forms.CharField(label="Tên vòng", max_length=120, required=False, help_text="Ví dụ: Vòng ra quân.")
    opens_at = MomentField(label="Giờ mở", help_text="Ngày/tháng/năm giờ:phút, ví dụ 30/11/2026 07:00.")
    closes_at = MomentField(
        label="Giờ đóng", help_text="Nên đóng lúc bà con còn thức và còn hỏi được, ví dụ 06/12/2026 20:00."
    )
    grace_minutes = NumberField(
        label="Số phút cho làm nốt",
        min_value=0,
        max_value=60,
        help_text="Nhà mở bài trước giờ đóng được gửi thêm trong ngần ấy phút; bài đó được đánh dấu.",
    )
    paper_until = MomentField(
        label="Nhập phiếu giấy đến",
        required=False,
        help_text="Phiếu nộp trước giờ đóng được gõ vào đến giờ này, rồi danh sách mới chốt. Không dùng phiếu giấy thì "
        "để trống.",
    )
    erase_on = DayField(
        label="Ngày xóa tên, số điện thoại người dự thi",
        may_be_future=True,
        help_text="Sau khi trao giải và hết hạn hỏi lại. Điền sẵn 120 ngày nữa.",
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        usual: dict[str, Any] = {}
        if round_._state.adding:
            usual["erase_on"] = timezone.localdate() + timedelta(days=USUAL_DAYS_KEPT)
        super().__init__(*args, round_=round_, initial=usual, **kwargs)
        if round_.announced_at is not None:
            self.fields["seed_words"] = number_words(initial=round_.seed_words)
            self.fields["seed_known_at"] = number_moment(initial=round_.seed_known_at)
            self.order_fields([name for name in self.fields if name != "reason"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at is None or closes_at is None:
            return cleaned
        if closes_at <= opens_at:
            self.add_error("closes_at", "Giờ đóng phải sau giờ mở.")
        elif closes_at <= timezone.now() and "closes_at" in self.changed_data:
            self.add_error("closes_at", "Giờ đóng này đã qua. Xin đặt giờ sau lúc này.")
        if cleaned.get("paper_until") and cleaned["paper_until"] < closes_at:
            self.add_error("paper_until", "Giờ nhập phiếu giấy phải từ giờ đóng trở đi.")
        if cleaned.get("erase_on") and cleaned["erase_on"] <= timezone.localtime(closes_at).date():
            self.add_error("erase_on", "Ngày xóa phải sau ngày đóng.")
        self._check_number(cleaned)
        return cleaned

    def _check_number(self, cleaned: dict[str, Any]) -> None:
        shape = self.as_typed(cleaned)
        if shape.seed_known_at is None or is_late_enough(shape):
            return
        if "seed_known_at" in self.fields:
            self.add_error("seed_known_at", too_early(shape))
        else:
            self.add_error("closes_at", f"{too_early(shape)} Xin đóng sớm hơn, hoặc sửa phần Số bốc thăm trước.")


class RulesForm(SetupForm):
    """How it is played and how winners are found; a kind of game brings its own boxes."""

    question_count = NumberField(
        label="Số câu mỗi bài",
        min_value=1,
        max_value=40,
        help_text="Máy lấy ngẫu nhiên cho từng nhà trong số câu đã chọn cho vòng.",
    )
    prediction_of = forms.ChoiceField(
        label="Câu dự đoán",
        choices=[("", "Không có câu dự đoán"), *PredictionOf.choices],
        required=False,
        widget=forms.RadioSelect,
        help_text="Để phân hơn kém khi nhiều nhà cùng đúng hết. Đáp số chỉ biết sau khi chốt danh sách.",
    )
    days_from = DayField(label="Ngày đầu được ghi", may_be_future=True)
    days_to = DayField(label="Ngày cuối được ghi", may_be_future=True, help_text="Nhiều nhất 31 ngày.")
    takes_photo = forms.BooleanField(label="Cho gửi kèm một tấm ảnh", required=False)
    ranking = forms.ChoiceField(label="Cách chọn người được thưởng", choices=Ranking.choices, widget=forms.RadioSelect)
    by_time = forms.BooleanField(label="Bằng nhau thì nhà gửi sớm hơn đứng trước", required=False)
    counting_rule = forms.ChoiceField(
        label="Cách tính khi một hộ gửi nhiều bài", choices=CountingRule.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, round_=round_, **kwargs)
        kind = kind_of(round_)
        for name in ("question_count", "prediction_of", "days_from", "days_to", "takes_photo"):
            if name not in kind.setup_fields:
                del self.fields[name]
        ranking: Any = self.fields["ranking"]
        ranking.choices = [
            (value, f"{kind.score_words}; còn bằng nhau thì bốc thăm" if value == Ranking.SCORE else label)
            for value, label in Ranking.choices
            if kind.is_moderated or value != Ranking.JUDGED
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("days_from"), cleaned.get("days_to")
        closing_day = timezone.localtime(self.round.closes_at).date()
        if first and last and last < first:
            self.add_error("days_to", "Ngày cuối không được trước ngày đầu.")
        elif last and last > closing_day:
            self.add_error("days_to", f"Vòng đóng ngày {closing_day:%d/%m/%Y}, trước ngày này.")
        return cleaned


def number_words(**given: Any) -> forms.CharField:
    """The box for which number it will be."""
    return forms.CharField(
        label="Lời nói rõ số nào",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Đọc xong ai cũng tìm ra đúng một số. Ghi cả cách làm khi kỳ đó không có.",
        **given,
    )


def number_moment(**given: Any) -> MomentField:
    """The box for when it will be known."""
    return MomentField(label="Giờ có số", help_text="Chỉ sau giờ này mới bốc thăm được.", **given)


def is_late_enough(round_: Round) -> bool:
    """Whether the list is sealed before anybody can know the number."""
    return round_.seed_known_at is not None and round_.seed_known_at >= round_.times.seals_from + SEALING


def too_early(round_: Round) -> str:
    """When the number may come out at the earliest."""
    earliest = timezone.localtime(round_.times.seals_from + SEALING) + timedelta(minutes=1)
    return f"Số bốc thăm phải có sau khi chốt danh sách: sớm nhất {earliest.strftime(WRITTEN)}."


class NumberForm(SetupForm):
    """Which outside number will seed the draw."""

    seed_source = forms.ChoiceField(label="Nguồn của số bốc thăm", choices=SeedSource.choices, widget=forms.RadioSelect)
    seed_known_at = number_moment()
    seed_words = number_words()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("seed_known_at"):
            shape = self.as_typed(cleaned)
            # Where the number came out before the seal, the service asks for one that is still to come.
            if not is_late_enough(shape):
                self.add_error("seed_known_at", too_early(shape))
        return cleaned


class PrizeForm(OfficeForm):
    """One prize; a row left empty is none."""

    use_required_attribute = False
    name = forms.CharField(label="Tên giải", max_length=80, required=False)
    gift = forms.CharField(label="Phần thưởng", max_length=160, required=False)
    quantity = NumberField(label="Số giải", min_value=1, max_value=100, required=False, initial=1)
    gift_from = forms.ModelChoiceField(
        label="Ai tặng", queryset=Sponsorship.objects.none(), required=False, empty_label="không ghi"
    )

    def __init__(self, *args: Any, sponsorships: Iterable[Sponsorship] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gifts: Any = self.fields["gift_from"]
        gifts.queryset = Sponsorship.objects.filter(pk__in=[gift.pk for gift in sponsorships])
        if not sponsorships:
            del self.fields["gift_from"]

    @property
    def is_empty(self) -> bool:
        """Nothing was typed."""
        return not (self.cleaned_data.get("name") or self.cleaned_data.get("gift"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("name") and not cleaned.get("gift"):
            self.add_error("gift", "Xin ghi phần thưởng là gì; chỉ khen thì ghi “Lời khen của xã”.")
        if cleaned.get("gift") and not cleaned.get("name"):
            self.add_error("name", "Xin ghi tên giải, ví dụ: Giải nhất.")
        if cleaned.get("quantity") is None:
            cleaned["quantity"] = 1
        return cleaned


PrizeFormSet = forms.formset_factory(PrizeForm, extra=2, max_num=12, absolute_max=12)


class JudgesForm(OfficeForm):
    """Who judges."""

    judges = forms.ModelMultipleChoiceField(
        label="Giám khảo",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Ít nhất hai người. Giám khảo chấm mà không thấy tên và thôn; người quen thì tự khai và không chấm.",
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, initial={"judges": round_.judges.values_list("user_id", flat=True)}, **kwargs)
        judges: Any = self.fields["judges"]
        judges.queryset = User.objects.filter(is_active=True).order_by("full_name", "username")
