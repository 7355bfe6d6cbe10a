"""Admin screens of the games: the question bank."""

from typing import Any

import django_filters
from django.db.models import ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, NumberColumn
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.campaign.enums import QuestionUse
from portal.campaign.forms.questions import QuestionForm
from portal.campaign.models import Question
from portal.campaign.selectors.questions import with_uses
from portal.core.enums import Need

IN_USE = "Câu này đã có vòng dùng nên không xóa được. Không dùng nữa thì đánh dấu “Thôi dùng”."


class QuestionFilterSet(WagtailFilterSet):
    """Việc, độ khó, dùng ở đâu, thôi dùng."""

    need = django_filters.ChoiceFilter(label="Thuộc việc", choices=Need.choices, empty_label="Mọi việc")
    difficulty = django_filters.ChoiceFilter(
        label="Độ khó", choices=Question.Difficulty.choices, empty_label="Mọi độ khó"
    )
    use = django_filters.ChoiceFilter(label="Dùng ở đâu", choices=QuestionUse.choices, empty_label="Thi và tập")
    is_retired = django_filters.ChoiceFilter(
        label="Còn dùng không", choices=[("False", "đang dùng"), ("True", "thôi dùng")], empty_label="Tất cả"
    )

    class Meta:
        model = Question
        fields = ["need", "difficulty", "use", "is_retired"]


class QuestionIndexView(IndexView):
    """Every question with the number of rounds that have asked it."""

    def get_base_queryset(self) -> QuerySet[Question]:
        return with_uses(super().get_base_queryset())


class QuestionDeleteView(DeleteView):
    """A question that a round has asked stays; it is only no longer used."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, IN_USE)
            return redirect("questions:edit", self.object.pk)


class QuestionViewSet(ModelViewSet):
    """Question bank (ngân hàng câu hỏi)."""

    model = Question
    icon = "help"
    menu_label = "Câu hỏi"
    menu_order = 325
    add_to_admin_menu = True
    edit_handler = ObjectList(Question.panels, base_form_class=QuestionForm)
    index_view_class = QuestionIndexView
    delete_view_class = QuestionDeleteView
    list_display = (
        "text",
        Column("difficulty", label="Độ khó", accessor="get_difficulty_display", sort_key="difficulty"),
        Column("need", label="Thuộc việc", accessor="get_need_display", sort_key="need"),
        Column("use", label="Dùng ở đâu", accessor="get_use_display", sort_key="use"),
        NumberColumn("uses", label="Số vòng đã dùng", sort_key="uses"),
        BooleanColumn("is_retired", label="Thôi dùng"),
    )
    filterset_class = QuestionFilterSet
    search_fields = ("text", "explanation")
    search_backend_name = None
    url_prefix = "cau-hoi"
    url_namespace = "questions"
    copy_view_enabled = False
