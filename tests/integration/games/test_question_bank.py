"""The question bank: who may keep it, and questions that are whole before they are saved."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.campaign.enums import QuestionUse
from portal.campaign.models import Option, Question
from portal.core.enums import Need
from tests.factories.core import UserFactory
from tests.factories.games import QuestionFactory, RoundFactory, RoundQuestionFactory
from tests.factories.stories import GuidePageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db


def typed(*options, question=None, **changed):
    """The editor's form: answers as (text, whether it is right)."""
    known = list(question.options.all()) if question else []
    data = {
        "text": "Ai được hỏi mã OTP của nhà mình?",
        "explanation": "Không ai được hỏi, kể cả ngân hàng.",
        "difficulty": "1",
        "use": QuestionUse.COUNTED,
        "need": Need.SAFETY,
        "picture": "",
        "guide": "",
        "options-TOTAL_FORMS": str(len(options)),
        "options-INITIAL_FORMS": str(len(known)),
        "options-MIN_NUM_FORMS": "0",
        "options-MAX_NUM_FORMS": "1000",
    }
    for number, (text, is_right) in enumerate(options):
        data |= {
            f"options-{number}-text": text,
            f"options-{number}-id": known[number].pk if number < len(known) else "",
        }
        if is_right:
            data[f"options-{number}-is_right"] = "on"
    return data | changed


WHOLE = (("Không ai cả", True), ("Nhân viên ngân hàng", False))


@pytest.mark.parametrize(
    ("role", "opens"), [("officer", True), ("editor", True), ("leader", False), ("team_member", False)]
)
def test_officers_and_editors_keep_the_bank(role, opens, request):
    browser = request.getfixturevalue(role)
    assert (browser.get(reverse("questions:index")).status_code == 200) is opens
    browser.post(reverse("questions:add"), typed(*WHOLE))
    assert Question.objects.exists() is opens


def test_stranger_is_sent_to_the_sign_in(stranger):
    assert stranger.get(reverse("questions:index")).url.startswith(reverse("wagtailadmin_login"))


def test_question_is_saved_with_its_answers(officer):
    officer.post(reverse("questions:add"), typed(*WHOLE))
    question = Question.objects.get()
    assert list(question.options.values_list("text", "is_right")) == list(WHOLE)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([("Không ai cả", True)], "từ 2 đến 4 câu trả lời"),
        ([(f"Câu {number}", number == 0) for number in range(5)], "từ 2 đến 4 câu trả lời"),
        ([("Không ai cả", False), ("Ngân hàng", False)], "đúng một câu trả lời là câu đúng"),
        ([("Không ai cả", True), ("Ngân hàng", True)], "đúng một câu trả lời là câu đúng"),
        ([("Không ai cả", True), ("Không ai cả", False)], "hai câu trả lời giống nhau"),
    ],
)
def test_question_that_is_not_whole_is_refused_and_stays_typed(officer, options, sentence):
    answer = officer.post(reverse("questions:add"), typed(*options))
    assert answer.status_code == 200
    assert sentence in answer.text
    assert "Không ai được hỏi, kể cả ngân hàng." in answer.text
    assert not Question.objects.exists()


def test_long_question_is_explained_not_cut(officer):
    answer = officer.post(reverse("questions:add"), typed(*WHOLE, text="a" * 301))
    assert "nhận tối đa 300 ký tự, đang có 301" in answer.text
    assert not Question.objects.exists()


def test_list_counts_the_rounds_that_asked_a_question(officer):
    asked, draft = QuestionFactory(text="Câu đã hỏi"), QuestionFactory(text="Câu chưa hỏi")
    for _ in range(2):
        RoundQuestionFactory(question=asked)
    RoundQuestionFactory(question=draft, round=RoundFactory(draft=True, questions=0))
    rows = officer.get(reverse("questions:index"), {"q": "Câu"}).context["object_list"]
    assert {question.text: question.uses for question in rows} == {"Câu đã hỏi": 2, "Câu chưa hỏi": 0}


@pytest.mark.parametrize(
    ("narrow", "left"),
    [
        ({"need": Need.SAFETY}, {"an toàn"}),
        ({"difficulty": "3"}, {"khó"}),
        ({"use": QuestionUse.PRACTICE}, {"để tập"}),
        ({"is_retired": "True"}, {"thôi dùng"}),
    ],
)
def test_list_is_narrowed(officer, narrow, left):
    QuestionFactory(text="an toàn", need=Need.SAFETY)
    QuestionFactory(text="khó", difficulty=3)
    QuestionFactory(text="để tập", practice=True)
    QuestionFactory(text="thôi dùng", is_retired=True)
    rows = officer.get(reverse("questions:index"), narrow).context["object_list"]
    assert {question.text for question in rows} == left


def test_question_that_is_played_for_is_not_given_away_in_practice(officer):
    question = QuestionFactory()
    RoundQuestionFactory(question=question)
    options = [(option.text, option.is_right) for option in question.options.all()]
    url = reverse("questions:edit", args=[question.pk])
    answer = officer.post(url, typed(*options, question=question, use=QuestionUse.PRACTICE))
    assert "chưa công bố kết quả" in answer.text
    question.refresh_from_db()
    assert question.use == QuestionUse.COUNTED


def test_mended_question_leaves_an_announced_round_as_it_was(officer):
    question = QuestionFactory(text="Câu cũ", options=["Đúng", "Sai"])
    row = RoundQuestionFactory(question=question)
    url = reverse("questions:edit", args=[question.pk])
    officer.post(url, typed(("Sai", False), ("Đúng", True), question=question, text="Câu mới"))
    question.refresh_from_db()
    row.refresh_from_db()
    assert (question.text, row.text) == ("Câu mới", "Câu cũ")
    assert dict(row.options)[row.right] == "Đúng"


def test_question_that_a_round_asked_is_not_deleted_even_by_the_administrator():
    browser = Client()
    browser.force_login(UserFactory(groups=["Quản trị"]))
    question = RoundQuestionFactory().question
    answer = browser.post(reverse("questions:delete", args=[question.pk]), follow=True)
    assert "không xóa được" in answer.text
    assert Option.objects.filter(question=question).exists()
    unused = QuestionFactory()
    browser.post(reverse("questions:delete", args=[unused.pk]))
    assert not Question.objects.filter(pk=unused.pk).exists()


def test_officer_deletes_nothing(officer):
    question = QuestionFactory()
    officer.post(reverse("questions:delete", args=[question.pk]))
    assert Question.objects.filter(pk=question.pk).exists()


def test_only_guides_are_offered_as_the_teaching_page(officer, site_tree):
    guide, news = GuidePageFactory(parent=site_tree.guides), NewsPageFactory(parent=site_tree.news)
    options = {"options-0-id": ""}
    officer.post(reverse("questions:add"), typed(*WHOLE, guide=str(guide.pk)) | options)
    assert Question.objects.get().guide_id == guide.pk
    chooser = officer.get(
        reverse("wagtailadmin_choose_page_child", args=[site_tree.news.pk]), {"page_type": "stories.guidepage"}
    )
    assert news.title not in chooser.text or "disabled" in chooser.text


def test_bank_speaks_vietnamese(officer):
    QuestionFactory()
    for name in ("questions:index", "questions:add"):
        text = officer.get(reverse(name)).text
        for word in ("Câu hỏi", "Độ khó", "Dùng ở đâu"):
            assert word in text


def test_game_with_rounds_is_not_deleted_and_the_way_out_is_named(officer, client):
    round_ = RoundFactory()
    administrator = UserFactory(is_admin=True)
    client.force_login(administrator)
    answer = client.post(reverse("wagtailadmin_pages:delete", args=[round_.game_id]), follow=True)
    assert "Minigame này đã có vòng thi nên không xóa được" in answer.content.decode()
    assert type(round_).objects.filter(pk=round_.pk).exists()
