"""Personal data of entries end: by the day in the rules, or because the family asks. List and draw stay provable."""

import logging
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import CharField, JSONField, TextField
from django.urls import reverse
from django.utils import timezone

from portal.campaign.enums import ExclusionReason, Verdict
from portal.campaign.models import (
    Award,
    Entry,
    EntryPhoto,
    Erasure,
    JudgeScore,
    Moderation,
    Round,
    Spending,
    Sponsorship,
)
from portal.campaign.selectors.closing import seal_is_whole
from portal.campaign.selectors.public import figures_of
from portal.campaign.selectors.results import ranked_entries
from portal.campaign.services import erasing
from portal.campaign.services.closing import exclude_entry, match_entry
from portal.campaign.services.entries import EntryRefused, Photo, secret_of_entry
from portal.campaign.services.moderation import moderate_entry
from portal.campaign.services.results import publish_results
from portal.core.models.audit import AuditEntry
from portal.core.private_files import keep_private, private_storage
from portal.home.serving import tidy_register
from portal.households.enums import NameForm
from portal.households.models import DataRequest, Household, Village
from tests.factories.files import picture_bytes
from tests.factories.games import EntrySheetFactory, JudgeFactory, JudgeScoreFactory, RoundFactory
from tests.factories.households import HouseholdFactory
from tests.factories.stored import stored_words
from tests.integration.games.course import answers, drawn, send
from tests.integration.games.phone import text_of

pytestmark = pytest.mark.django_db

NAME, PHONE, STORY = "Đinh Thị Bông Lau", "+84356987123", "Hôm ấy con gái út quét mã bán sầu riêng"
DAYS = {"days": {"2026-11-01": ["ma-qr"], "2026-11-02": ["vi"]}, "story": STORY}


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """Files go with the commit, here at the end of the test's block."""
    return django_capture_on_commit_callbacks


def photo():
    return Photo(ContentFile(picture_bytes(), name="anh.png"), "d" * 64)


@pytest.fixture
def told(clerk, household):
    """A published round with stories and pictures: one entry by code, one by name that was changed once."""
    round_ = RoundFactory(cashless=True, prizes=[1])
    send(round_, household, content=DAYS, photo=photo(), is_confirmed=True, shown_as=NameForm.FULL)
    village = HouseholdFactory().village_id
    first = send(round_, head_name=NAME, village_id=village, phone=PHONE, content=DAYS, photo=photo())
    one_day = {**DAYS, "days": {"2026-11-01": ["ma-qr"]}}
    changed = send(round_, head_name=NAME, village_id=village, phone=PHONE, content=one_day, changes=first)
    for entry in (Entry.objects.get(household=household), changed):
        moderate_entry(round_=round_, code=entry.code, version=entry.version, verdict=Verdict.APPROVED, by=clerk)
    match_entry(round_=round_, code=changed.code, household=HouseholdFactory(head_name="Nhà khác"), by=clerk)
    drawn(round_, clerk)
    publish_results(round_=round_, by=clerk)
    round_.refresh_from_db()
    return round_


#: Words, numbers and links that can lead to a family, or be typed by anybody: gone on the day.
ERASED = {
    *(
        "Entry.household",
        "Entry.head_name",
        "Entry.village",
        "Entry.phone",
        "Entry.entrant",
        "Entry.content",
        "Entry.shown_as",
    ),
    *("EntryPhoto.name", "EntryPhoto.digest", "EntrySheet.household", "EntryMatch.household"),
    *("Moderation.reason", "Exclusion.note", "JudgeScore.note"),
    *("Award.receiver", "Award.note", "Award.receipt_name"),
    *("Handover.receiver", "Handover.note", "Handover.receipt_name"),
}
#: What list, draw and ranks are run again with, what the round itself is, and what rests on a consent of its own.
KEPT = {
    *("Entry.code", "Entry.digest", "EntrySheet.code", "EntrySheet.village", "EntryMatch.code", "Moderation.code"),
    *("Exclusion.code", "JudgeScore.code", "SealedList.text", "SealedList.digest", "SealedEntry.code"),
    *("Draw.list_digest", "Draw.number", "Draw.number_seen", "Draw.witnesses", "Draw.evidence", "Draw.order"),
    *("Erasure.proof", "OfficialMessage.code", "OfficialMessage.text", "OfficialMessage.digest"),
    *("Prize.name", "Prize.gift", "RoundQuestion.text", "RoundQuestion.options", "RulesChange.reason"),
    *("RulesChange.what", "StoryDraft.code", "StoryDraft.household", "StoryDraft.pictures"),
}


def telling_fields(model):
    """Free text, JSON, and links to families and villages."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, (CharField, TextField, JSONField)) and not field.choices
        if is_text or (field.is_relation and field.related_model in {Household, Village}):
            yield f"{model.__name__}.{field.name}"


def test_every_telling_field_around_an_entry_is_erased_or_kept_on_purpose():
    """A model that comes to a round later must say here what becomes of its words."""
    around, found = {Round}, set()
    while found != around:
        found = set(around)
        around |= {
            relation.related_model
            for model in found
            for relation in model._meta.related_objects
            if relation.related_model._meta.app_label == "campaign"
        }
    # The ledger of gifts and spendings is the commune's own book.
    around_entries = found - {Round, Spending, Sponsorship}
    assert {name for model in around_entries for name in telling_fields(model)} == ERASED | KEPT


def midnight_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def erase_on_its_day(round_):
    with time_machine.travel(midnight_of(round_.erase_on) + timedelta(minutes=1), tick=True):
        call_command("erase_entries", verbosity=0)
    round_.refresh_from_db()


def ranks(round_):
    return [(place.rank, place.entry.code, place.points, place.distance) for place in ranked_entries(round_)]


def test_log_does_not_tell_whose_an_entry_was(told):
    lines = [str(row) for row in AuditEntry.objects.filter(action="entry.match").values_list("data", "reason")]
    assert lines
    assert "BT-" not in "".join(lines)


def test_names_words_and_pictures_are_nowhere_after_the_day(told, commits, household, client):
    call_command("seal_rounds", verbosity=0)
    files = list(EntryPhoto.objects.values_list("name", flat=True))
    Award.objects.update(receiver=NAME, note=f"Con gái {NAME}", receipt_name=keep_private(photo().content, folder="b"))
    files.append(Award.objects.get().receipt_name)
    client.get(told.get_absolute_url())
    assert set(stored_words(NAME, PHONE, STORY)) == {NAME, PHONE, STORY}
    with commits(execute=True):
        erase_on_its_day(told)
    assert stored_words(NAME, PHONE, STORY) == []
    assert not [name for name in files if private_storage.exists(name)]
    assert not EntryPhoto.objects.exists()
    assert {(row.entrant, row.household_id, row.shown_as) for row in Entry.objects.all()} == {("", None, "")}
    page = text_of(client.get(told.get_absolute_url()))
    assert household.head_name not in page


def test_list_draw_ranks_and_figures_stay_as_they_were(told, client):
    before, figures = ranks(told), figures_of(told)
    address = f"{told.get_absolute_url()}danh-sach.txt"
    listed = client.get(address).content
    erase_on_its_day(told)
    assert ranks(told) == before
    assert [row[2] for row in before] == [2, 1]
    assert figures_of(told) == figures
    assert seal_is_whole(told)
    assert client.get(address).content == listed
    assert Award.objects.get().entry.code == before[0][1]


def test_guesses_count_as_before(clerk):
    round_ = RoundFactory(prizes=[1], prediction_of="so-bai")
    for right, guess in ((3, 9), (3, 2), (1, None)):
        send(round_, HouseholdFactory(), content=answers(round_, right=right, prediction=guess))
    drawn(round_, clerk)
    before = ranks(round_)
    assert [row[3] for row in before] == [1, 6, None]
    erase_on_its_day(round_)
    assert ranks(round_) == before
    assert {tuple(sorted(row.content)) for row in Entry.objects.all()} == {("points", "prediction")}


def test_proof_names_codes_versions_and_pictures_once(told, officer, client):
    erase_on_its_day(told)
    [by_code, by_name] = sorted(
        ([code, Entry.objects.filter(code=code).count()] for code in set(told.entries.values_list("code", flat=True))),
        key=lambda line: line[1],
    )
    proof = Erasure.objects.get()
    assert sorted(proof.proof) == sorted([[*by_code, 1], [*by_name, 1]])
    assert told.erased_at == proof.erased_at
    erase_on_its_day(told)
    assert Erasure.objects.get() == proof
    assert AuditEntry.objects.get(action="round.erase").data == {"entries": 2, "pictures": 2}
    day = timezone.localdate(proof.erased_at)
    assert f"đã xóa ngày {day:%d/%m/%Y}" in text_of(officer.get(f"/quan-tri/minigame/vong/{told.pk}/"))
    page = text_of(officer.get(f"/quan-tri/minigame/da-xoa/{told.pk}/"))
    assert f"{by_name[0]} 2 1" in page
    assert "In danh sách này" in page


def test_proof_is_the_officers_alone(told, team_member, colleague, stranger, leader):
    erase_on_its_day(told)
    address = f"/quan-tri/minigame/da-xoa/{told.pk}/"
    for desk in (team_member, colleague, leader):
        assert desk.get(address).status_code == 404
    assert stranger.get(address).headers["Location"].startswith("/quan-tri/login/")


def test_round_without_proof_has_no_page(officer):
    assert officer.get(f"/quan-tri/minigame/da-xoa/{RoundFactory().pk}/").status_code == 404


def test_nothing_goes_before_the_day(told):
    with time_machine.travel(midnight_of(told.erase_on) - timedelta(minutes=1), tick=True):
        call_command("erase_entries", verbosity=0)
    assert not Erasure.objects.exists()
    assert stored_words(NAME) == [NAME]


def test_desk_warns_of_the_day_while_nobody_has_won(officer, household, told):
    round_ = RoundFactory(over=True, erase_on=timezone.localdate() + timedelta(days=14))
    assert "Xin bốc thăm và công bố trước ngày đó" in text_of(officer.get(f"/quan-tri/minigame/vong/{round_.pk}/"))
    told.erase_on = round_.erase_on
    told.save()
    assert "trước ngày đó" not in text_of(officer.get(f"/quan-tri/minigame/vong/{told.pk}/"))
    erase_on_its_day(round_)
    assert "không bốc thăm được nữa" in text_of(officer.get(f"/quan-tri/minigame/vong/{round_.pk}/"))


def test_drafts_are_left_alone():
    RoundFactory(draft=True, over=True, erase_on=timezone.localdate())
    call_command("erase_entries", verbosity=0)
    assert not Erasure.objects.exists()


def test_free_words_of_staff_go_too(clerk):
    round_ = RoundFactory(cashless=True)
    kept, dropped = (send(round_, HouseholdFactory(), content=DAYS) for _number in range(2))
    said = {"round_": round_, "by": clerk, "version": 1}
    moderate_entry(code=kept.code, verdict=Verdict.APPROVED, **said)
    moderate_entry(code=dropped.code, verdict=Verdict.REPAIR, reason=f"Nhà {NAME} xin chụp lại", **said)
    moderate_entry(code=dropped.code, verdict=Verdict.APPROVED, **said)
    JudgeScoreFactory(judge=JudgeFactory(round=round_), code=kept.code, note=f"Hay, chắc nhà {NAME}")
    drawn(round_, clerk)
    erase_on_its_day(round_)
    assert {row.reason for row in Moderation.objects.all()} == {"", "Đã xóa"}
    assert JudgeScore.objects.get().note == ""
    assert JudgeScore.objects.get().points == 50
    assert stored_words(NAME) == []


def test_reason_of_an_exclusion_stays_its_free_words_go(clerk):
    round_ = RoundFactory()
    entry = send(round_, HouseholdFactory())
    with time_machine.travel(round_.times.seals_from + timedelta(minutes=1), tick=True):
        call_command("seal_rounds", verbosity=0)
    round_.refresh_from_db()
    exclude_entry(round_=round_, code=entry.code, reason=ExclusionReason.ORGANISER, by=clerk, note=f"Em ruột {NAME}")
    erase_on_its_day(round_)
    left = round_.exclusions.get()
    assert (left.reason, left.note) == (ExclusionReason.ORGANISER, "")
    assert stored_words(NAME) == []


def test_family_opens_its_erased_entry_and_reads_why(told, client):
    entry = Entry.objects.filter(round=told).exclude(version=2).first()
    secret = secret_of_entry(entry)
    erase_on_its_day(told)
    page = text_of(client.post(f"/minigame/bai/{entry.code}/", {"secret": secret}))
    assert "xã đã xóa ngày" in page
    assert "Nhà mình đã trả lời" not in page
    assert "Sửa bài" not in page


def test_files_left_behind_by_a_crash_are_swept_and_new_ones_are_not(told):
    # No callback after the commit runs here: the machine stopped in between.
    names = list(EntryPhoto.objects.values_list("name", flat=True))
    erasing.erase_round(told)
    call_command("erase_entries", verbosity=0)
    assert all(private_storage.exists(name) for name in names), "a picture may be on its way to its entry"
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=True):
        call_command("erase_entries", verbosity=0)
    assert not any(private_storage.exists(name) for name in names)


def test_picture_of_an_entry_is_never_swept(household):
    send(RoundFactory(cashless=True), household, content=DAYS, photo=photo())
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=True):
        call_command("erase_entries", verbosity=0)
    assert private_storage.exists(EntryPhoto.objects.get().name)


def test_machine_that_stops_halfway_has_erased_nothing(told, monkeypatch, caplog):
    def stop(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(erasing, "record", stop)
    with time_machine.travel(timezone.now() + timedelta(days=400), tick=True), caplog.at_level(logging.CRITICAL):
        call_command("erase_entries", verbosity=0)
    assert not Erasure.objects.exists()
    assert stored_words(NAME) == [NAME]
    assert all(private_storage.exists(name) for name in EntryPhoto.objects.values_list("name", flat=True))


def test_the_night_does_it_even_when_the_register_stumbles(told, monkeypatch, caplog):
    """What the clock of `make run` does at its first minute of a day."""
    monkeypatch.setattr("portal.home.serving.EVERY_NIGHT", ("no_such_command", "erase_entries"))
    with time_machine.travel(timezone.now() + timedelta(days=400), tick=True), caplog.at_level(logging.CRITICAL):
        tidy_register()
    assert Erasure.objects.filter(round=told).exists()


# A family that leaves


def leave(desk, household):
    desk.post(
        "/quan-tri/so-ho/du-lieu/",
        {"code": household.code, "kind": "xoa", "asked_by": "Chủ hộ", "means": "ky"},
    )
    return desk.post(f"/quan-tri/so-ho/du-lieu/{DataRequest.objects.get().pk}/", {"outcome": "Đã xóa theo đơn"})


def test_family_that_leaves_takes_its_entries_with_it(officer, household, commits):
    round_ = RoundFactory(cashless=True)
    by_code = send(round_, household, content=DAYS, photo=photo(), is_confirmed=True)
    by_name = send(round_, head_name=NAME, village_id=household.village_id, phone=PHONE, content=DAYS)
    match_entry(round_=round_, code=by_name.code, household=household, by=officer.user)
    other = send(round_, HouseholdFactory(), content={**DAYS, "story": "Nhà bên cạnh kể"})
    sheet = EntrySheetFactory(round=round_, household=household)
    name = EntryPhoto.objects.get().name
    with commits(execute=True):
        leave(officer, household)
    assert stored_words(NAME, PHONE, STORY) == []
    assert not private_storage.exists(name)
    assert {row.code for row in Entry.objects.exclude(erased_at=None)} == {by_code.code, by_name.code}
    assert Entry.objects.get(code=other.code).content["story"] == "Nhà bên cạnh kể"
    sheet.refresh_from_db()
    assert sheet.household is None
    assert not Entry.objects.filter(household=household).exists()


def test_strangers_entry_under_the_familys_code_keeps_its_words(officer, household):
    round_ = RoundFactory(cashless=True)
    entry = send(round_, household, content=DAYS)
    owner = HouseholdFactory()
    match_entry(round_=round_, code=entry.code, household=owner, by=officer.user)
    leave(officer, household)
    left = Entry.objects.get()
    assert (left.content["story"], left.household, left.erased_at) == (STORY, None, None)


def test_erased_entry_is_not_changed_any_more(officer, household):
    round_ = RoundFactory(cashless=True)
    entry = send(round_, household, content=DAYS)
    leave(officer, household)
    with pytest.raises(EntryRefused, match="đã được xóa"):
        send(round_, household, content=DAYS, changes=entry)


def test_list_of_a_round_holds_after_a_family_left(officer, household, clerk):
    round_ = RoundFactory(prizes=[1])
    send(round_, household, is_confirmed=True)
    send(round_, HouseholdFactory(), content=answers(round_, right=1))
    drawn(round_, clerk)
    before = ranks(round_)
    leave(officer, household)
    assert seal_is_whole(round_)
    assert ranks(round_) == before


def test_copy_of_its_own_data_lists_the_familys_entries(officer, household):
    round_ = RoundFactory(cashless=True)
    entry = send(round_, household, content=DAYS, photo=photo())
    page = text_of(officer.get(reverse("office:household", args=[household.code])))
    assert f"{entry.code}, bản 1: {round_}" in page
    assert "có ảnh" in page
    other = HouseholdFactory()
    assert entry.code not in text_of(officer.get(reverse("office:household", args=[other.code])))
