"""Signed minutes as scanned: private, added in any number, kept for good once the list was sent."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from portal.core.models import AuditEntry
from portal.core.private_files import private_storage
from portal.households.enums import ProposalState
from portal.households.models import MinutesScan
from tests.factories.files import pdf_bytes, picture_bytes
from tests.factories.households import ProposalFactory
from tests.integration.register.public_forms import text_of

pytestmark = pytest.mark.django_db


def kept() -> int:
    return len(private_storage.listdir("bien-ban")[1]) if private_storage.exists("bien-ban") else 0


@pytest.fixture
def proposal(village):
    return ProposalFactory(village=village)


@pytest.fixture
def sent(village, team_member):
    return ProposalFactory(
        village=village,
        state=ProposalState.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=team_member.user,
    )


def located_photo(colour="#2d3a96"):
    """A photograph that says where it was taken."""
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (80, 60), colour).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def upload(name, content):
    return SimpleUploadedFile(name, content)


def add(browser, proposal, *files, room="team"):
    return browser.post(reverse(f"{room}:add_minutes_scans", args=[proposal.pk]), {"scans": list(files)}, follow=True)


def test_several_pages_at_once_are_kept_without_place_and_seen_by_those_who_may(team_member, officer, leader, sent):
    page = add(
        team_member, sent, upload("trang 1.jpg", located_photo()), upload("trang 2.png", picture_bytes()),
        upload("ca-bien-ban.pdf", pdf_bytes()),
    )  # fmt: skip
    assert "Đã thêm 3 tệp vào biên bản." in text_of(page)
    photo, drawing, whole = MinutesScan.objects.order_by("pk")
    assert (photo.added_by, whole.is_pdf, drawing.is_pdf) == (team_member.user, True, False)
    shown = team_member.get(reverse("team:minutes_scan", args=[photo.pk]))
    assert not dict(Image.open(io.BytesIO(shown.content)).getexif())
    assert shown["Cache-Control"] == "private, no-store"
    for reader in (officer, leader):
        assert reader.get(reverse("titles:minutes_scan", args=[whole.pk])).content == pdf_bytes()
    assert AuditEntry.objects.filter(action="minutes.scan_view").count() == 3
    assert "Tệp PDF 3" in text_of(leader.get(reverse("titles:proposal", args=[sent.pk])))


def test_colleague_of_another_village_editor_and_stranger_see_nothing(colleague, editor, stranger, officer, proposal):
    scan = MinutesScan.objects.create(proposal=proposal, name="bien-ban/x.jpg", digest="0", added_by=officer.user)
    for browser, status in ((colleague, 404), (editor, 404), (stranger, 302)):
        assert browser.get(reverse("team:minutes_scan", args=[scan.pk])).status_code == status
        assert browser.get(reverse("titles:minutes_scan", args=[scan.pk])).status_code == status
        answer = browser.post(reverse("team:add_minutes_scans", args=[proposal.pk]))
        assert answer.status_code == status
        drop = reverse("team:drop_minutes_scan", args=[proposal.pk, scan.pk])
        assert browser.post(drop).status_code == status
    # A list that the village still makes is its own: the office sees it once it is sent.
    assert officer.get(reverse("titles:minutes_scan", args=[scan.pk])).status_code == 404


def test_same_file_sent_again_is_one_page(team_member, proposal):
    before = kept()
    for _ in range(2):
        page = add(team_member, proposal, upload("trang-1.jpg", located_photo()))
    assert MinutesScan.objects.count() == 1
    assert "Các tệp này đã có từ trước" in text_of(page)
    assert kept() == before + 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bien-ban.pdf", b"MZ chay", "bien-ban.pdf: Tệp này không phải PDF."),
        ("bien-ban.jpg", b"MZ chay", "bien-ban.jpg: "),
        ("bien-ban.docx", b"PK", "bien-ban.docx: "),
        ("trong.jpg", b"", "trong.jpg: Tệp này trống"),
    ],
)
def test_one_bad_file_is_named_and_nothing_of_the_lot_is_kept(team_member, proposal, name, content, said):
    before = kept()
    page = text_of(add(team_member, proposal, upload("trang-1.jpg", located_photo()), upload(name, content)))
    assert said in page
    assert "Upload" not in page
    assert not MinutesScan.objects.exists()
    assert kept() == before


def test_nothing_chosen_is_told(team_member, proposal):
    assert "Xin chọn ảnh hoặc tệp PDF." in text_of(add(team_member, proposal))


def test_page_may_be_taken_out_only_before_the_list_was_ever_sent(
    team_member, proposal, sent, django_capture_on_commit_callbacks
):
    before = kept()
    for each, left in ((proposal, 0), (sent, 1)):
        add(team_member, each, upload("nham.jpg", located_photo("#b3202c" if left else "#17694a")))
        scan = each.minutes_scans.get()
        address = reverse("team:drop_minutes_scan", args=[each.pk, scan.pk])
        with django_capture_on_commit_callbacks(execute=True):
            page = text_of(team_member.post(address, follow=True))
        assert each.minutes_scans.count() == left
    assert "trang đã nộp thì giữ lại" in page
    assert kept() == before + 1


def test_list_that_was_returned_keeps_what_it_was_sent_with(team_member, sent):
    add(team_member, sent, upload("trang-1.jpg", located_photo()))
    sent.state = ProposalState.RETURNED
    sent.save()
    scan = sent.minutes_scans.get()
    team_member.post(reverse("team:drop_minutes_scan", args=[sent.pk, scan.pk]))
    assert sent.minutes_scans.count() == 1
    add(team_member, sent, upload("trang-1-ro-hon.jpg", located_photo("#f4b93a")))
    assert sent.minutes_scans.count() == 2


def test_office_adds_what_came_on_paper_and_is_warned_while_there_is_none(officer, leader, sent):
    address = reverse("titles:proposal", args=[sent.pk])
    assert "Chưa có bản chụp biên bản đã ký." in text_of(officer.get(address))
    add(officer, sent, upload("bien-ban.pdf", pdf_bytes()), room="titles")
    assert sent.minutes_scans.get().added_by == officer.user
    assert "Thêm bản chụp" not in text_of(leader.get(address))
    assert leader.post(reverse("titles:add_minutes_scans", args=[sent.pk])).status_code == 404
