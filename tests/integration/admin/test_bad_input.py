"""What goes wrong on an ordinary day: each gets a clear sentence, and what was typed stays."""

import html
import io
import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.admin.models import EditingSession
from wagtail.models import UploadedFile
from wagtail.test.utils.form_data import streamfield

from portal.core.models import PortalDocument, PortalImage, Recording
from portal.stories.models import StoryPage
from tests.factories.core import PortalImageFactory
from tests.factories.files import pdf_bytes, silent_mp3
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db

GPS = 0x8825
DESCRIPTION = "Bà Y Lan đưa mã cho khách quét"
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


def photo(width: int = 640, height: int = 480) -> bytes:
    """A photo of a phone that wrote down where it was."""
    exif = Image.Exif()
    exif.get_ifd(GPS).update({1: "N", 2: (14.0, 46.0, 12.0), 3: "E", 4: (108.0, 44.0, 5.0)})
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#2d3a96").save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def whereabouts(file: Any) -> dict[int, Any]:
    with file.open("rb") as stream, Image.open(stream) as picture:
        return dict(picture.getexif().get_ifd(GPS))


def in_block_data(page: str, words: str) -> bool:
    """Whether a page of the editor hands these words to its script that draws the blocks."""
    once = json.dumps(words)[1:-1]
    formatted = json.dumps(once)[1:-1]  # text with formats is JSON within JSON
    return any(form in html.unescape(page) for form in (once, formatted))


def choose_picture(desk, name: str, content: bytes, **fields: str) -> dict[str, Any]:
    """Upload a picture in the chooser of the page editor; what the chooser answers."""
    form = {"title": "Bà Y Lan", "description": DESCRIPTION, **fields}
    data = {f"image-chooser-upload-{key}": value for key, value in form.items()}
    data["image-chooser-upload-file"] = SimpleUploadedFile(name, content)
    return desk.post(reverse("wagtailimages_chooser:create"), data).json()


class TestPicture:
    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("anh.jpg", photo() + bytes(30 * 1024 * 1024), "nhận tối đa 10,0"),
            ("anh.jpg", b"MZ\x90\x00" + bytes(5000), "không phải ảnh"),
            ("anh.svg", SCRIPT, "không nhận loại tệp này"),
            ("anh.png", photo(), "tên là .png nhưng bên trong là jpeg"),
            ("anh.jpg", photo(900, 900)[:2000], "hỏng giữa chừng"),
        ],
        ids=["30 MB", "program", "script", "renamed", "cut off"],
    )
    def test_that_cannot_be_taken_is_refused_in_words_and_the_words_stay(self, editor, name, content, sentence):
        answer = choose_picture(editor, name, content)
        assert answer["step"] == "reshow_creation_form"
        assert sentence in answer["htmlFragment"].replace("\xa0", " ")
        assert DESCRIPTION in answer["htmlFragment"]
        assert not PortalImage.objects.exists()

    def test_without_description_is_asked_for_one(self, editor):
        answer = choose_picture(editor, "anh.jpg", photo(), description="")
        assert "Xin ghi ảnh có gì" in answer["htmlFragment"]
        assert not PortalImage.objects.exists()

    def test_marked_as_decoration_needs_no_description(self, editor):
        answer = choose_picture(editor, "anh.jpg", photo(), description="", is_decorative="on")
        assert answer["step"] == "chosen"
        assert PortalImage.objects.get().default_alt_text == ""

    def test_with_a_long_name_is_told_how_long_it_may_be(self, editor):
        answer = choose_picture(editor, "anh.jpg", photo(), title="Ô" * 300)
        assert "nhận tối đa 255 ký tự" in answer["htmlFragment"]
        assert "Ô" * 300 in answer["htmlFragment"]
        assert "maxlength" not in answer["htmlFragment"]

    def test_loses_the_place_where_it_was_taken(self, editor, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            assert choose_picture(editor, "anh.jpg", photo())["step"] == "chosen"
        image = PortalImage.objects.get()
        assert whereabouts(image.file) == {}
        assert image.sources["avif"]

    def test_that_replaces_another_gets_renditions_of_its_own(self, editor, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            image = PortalImageFactory(file=ContentFile(photo(500, 400), name="cu.jpg"))
        before = image.file.name
        form = {
            "title": "Ảnh mới",
            "description": DESCRIPTION,
            "tags": "",
            "file": SimpleUploadedFile("moi.jpg", photo(1300, 900)),
        }
        with django_capture_on_commit_callbacks(execute=True):
            assert editor.post(reverse("wagtailimages:edit", args=[image.pk]), form).status_code == 302
        image.refresh_from_db()
        names = {name for sources in image.sources.values() for _width, name in sources}
        assert names == set(image.renditions.filter(file__in=names).values_list("file", flat=True))
        assert {width for width, _name in image.sources["webp"]} == {400, 800, 1200}
        assert not image.file.storage.exists(before)
        assert all(image.file.storage.exists(name) for name in names)
        assert whereabouts(image.file) == {}


class TestManyPicturesAtOnce:
    """The library's own uploader takes a picture first and asks for its description afterwards."""

    @staticmethod
    def upload(desk, name: str, content: bytes) -> dict[str, Any]:
        data = {"title": "anh", "files[]": SimpleUploadedFile(name, content)}
        return desk.post(
            reverse("wagtailimages:add_multiple"), data, headers={"x-requested-with": "XMLHttpRequest"}
        ).json()

    @pytest.mark.parametrize("in_file", [False, True], ids=["in memory", "in a temporary file"])
    def test_nothing_of_the_place_is_stored_meanwhile(self, editor, in_file, settings):
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0 if in_file else 10**7
        answer = self.upload(editor, "anh.jpg", photo())
        assert answer["success"]
        waiting = UploadedFile.objects.get()
        assert whereabouts(waiting.file) == {}
        assert not PortalImage.objects.exists()

    def test_description_makes_it_a_picture_with_renditions(self, editor, django_capture_on_commit_callbacks):
        waiting = self.upload(editor, "anh.jpg", photo())["uploaded_file_id"]
        address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting])
        prefix = f"uploaded-image-{waiting}"
        form = {f"{prefix}-title": "Ảnh", f"{prefix}-tags": "", f"{prefix}-description": ""}
        refused = editor.post(address, form).json()
        assert not refused["success"]
        assert "Xin ghi ảnh có gì" in refused["form"]
        with django_capture_on_commit_callbacks(execute=True):
            assert editor.post(address, {**form, f"{prefix}-description": DESCRIPTION}).json()["success"]
        image = PortalImage.objects.get()
        assert image.sources["jpeg"]
        assert whereabouts(image.file) == {}

    def test_program_is_refused_at_once(self, editor):
        answer = self.upload(editor, "anh.jpg", b"MZ\x90\x00" + bytes(5000))
        assert "không phải ảnh" in answer["error_message"]


class TestFile:
    @staticmethod
    def choose(desk, name: str, content: bytes, title: str = "Kế hoạch") -> dict[str, Any]:
        data = {
            "document-chooser-upload-title": title,
            "document-chooser-upload-file": SimpleUploadedFile(name, content),
        }
        return desk.post(reverse("wagtaildocs_chooser:create"), data).json()

    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("ke-hoach.pdf", b"MZ\x90\x00" + bytes(500), "Tệp này không phải PDF thật"),
            ("ke-hoach.docx", b"MZ\x90\x00" + bytes(500), "Tệp này không phải DOCX thật"),
            ("ke-hoach.exe", b"MZ\x90\x00" + bytes(500), "Tệp này là .exe. Chỉ nhận: pdf"),
            ("ke-hoach.svg", SCRIPT, "Tệp này là .svg"),
            ("ke-hoach.pdf", pdf_bytes() + bytes(21 * 1024 * 1024), "nhận tối đa 20,0"),
        ],
        ids=["program as pdf", "program as docx", "program", "script", "21 MB"],
    )
    def test_that_is_not_what_it_says_is_refused_once_and_in_words(self, editor, name, content, sentence):
        answer = self.choose(editor, name, content, title="Kế hoạch 16")
        page = answer["htmlFragment"].replace("\xa0", " ")
        assert sentence in page
        assert page.count("Tệp này") + page.count("Tệp nặng") == 1
        assert "Kế hoạch 16" in page
        assert not PortalDocument.objects.exists()

    def test_that_is_honest_is_taken(self, editor):
        assert self.choose(editor, "ke-hoach.pdf", pdf_bytes())["step"] == "chosen"


class TestRecording:
    FORM = {"title": "Loa thôn", "language": "hre", "speaker": "", "transcript": "Kính thưa bà con."}

    def choose(self, desk, name: str, content: bytes) -> dict[str, Any]:
        address = reverse("recording_chooser:create")
        return desk.post(address, {**self.FORM, "file": SimpleUploadedFile(name, content)}).json()

    def test_that_is_no_sound_is_refused_and_its_words_stay(self, editor):
        answer = self.choose(editor, "loa.mp3", b"MZ\x90\x00" + bytes(500))
        assert "không phải bản ghi âm" in answer["htmlFragment"] or "Không đọc được" in answer["htmlFragment"]
        assert "Kính thưa bà con." in answer["htmlFragment"]

    def test_is_measured_and_chosen(self, editor):
        answer = self.choose(editor, "loa.mp3", silent_mp3(3))
        assert answer["step"] == "chosen"
        made = Recording.objects.get()
        assert (made.language, made.length_label) == ("hre", "3 giây")


class TestLongWords:
    def test_title_of_300_characters_stays_beside_its_explanation(self, editor, stories, story_form):
        title = "Câu chuyện rất dài " * 16
        assert len(title.strip()) > 300
        address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])
        page = editor.post(address, story_form(title=title)).content.decode()
        assert title.strip() in page
        assert "tối đa 255 ký tự" in page
        assert in_block_data(page, "Mỗi sáng bà bán cà phê ở đầu thôn.")
        assert page.index("tối đa 255 ký tự") < page.index('name="household_words"')
        assert not StoryPage.objects.exists()

    def test_caption_that_is_too_long_stays_as_well(self, editor, stories, story_form):
        image = PortalImageFactory()
        caption = "Chú thích " * 30
        picture = {"image": image.pk, "alt_text": "", "decorative": "on"}
        body = streamfield([("picture", {"image": picture, "caption": caption})])
        address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])
        page = editor.post(address, story_form(body=body)).content.decode()
        assert in_block_data(page, caption.strip())
        assert in_block_data(page, "tối đa 250 ký tự")

    def test_no_box_cuts_what_is_pasted(self, editor, stories):
        address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])
        assert "maxlength" not in editor.get(address).content.decode()


class TestTwoEditors:
    """Both versions are kept; the later one is told before it takes the earlier one's place."""

    @pytest.fixture
    def shared(self, editor):
        page = StoryPageFactory(draft=True, owner=editor.user, title="Bài chung")
        page.save_revision(user=editor.user)
        return page

    def revision_fields(self, shared) -> dict[str, str]:
        shared.refresh_from_db()
        latest = shared.latest_revision
        return {"loaded_revision_id": str(latest.pk), "loaded_revision_created_at": latest.created_at.isoformat()}

    def test_autosave_never_overwrites_the_other(self, editor, reviewer, shared, story_form):
        opened = self.revision_fields(shared)
        address = reverse("wagtailadmin_pages:edit", args=[shared.pk])
        reviewer.post(address, {**story_form(title="Bản của Duyệt"), **opened})
        answer = editor.post(
            address, {**story_form(title="Bản của Bích"), **opened}, headers={"accept": "application/json"}
        )
        assert answer.status_code == 400
        assert answer.json()["error_message"] == "Lưu bây giờ là ghi đè một phiên bản mới hơn."
        shared.refresh_from_db()
        assert shared.get_latest_revision_as_object().title == "Bản của Duyệt"

    def test_each_is_told_of_the_other(self, editor, reviewer, shared):
        opened = self.revision_fields(shared)
        shared.title = "Bản của Duyệt"
        shared.save_revision(user=reviewer.user)
        editor.get(reverse("wagtailadmin_pages:edit", args=[shared.pk]))
        session = EditingSession.objects.get(user=editor.user).pk
        ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", shared.pk, session])
        data = {
            "revision_id": opened["loaded_revision_id"],
            "revision_created_at": opened["loaded_revision_created_at"],
        }
        told = editor.post(ping, data).json()["html"]
        assert "Nguyễn Văn Duyệt vừa lưu một phiên bản mới" in told
        assert "Lưu bây giờ là ghi đè bài của Nguyễn Văn Duyệt." in told

    def test_both_versions_stay_in_the_history(self, editor, reviewer, shared, story_form):
        opened = self.revision_fields(shared)
        address = reverse("wagtailadmin_pages:edit", args=[shared.pk])
        reviewer.post(address, {**story_form(title="Bản của Duyệt"), **opened})
        editor.post(address, {**story_form(title="Bản của Bích"), **opened})
        kept = [revision.content["title"] for revision in shared.revisions.order_by("pk")]
        assert kept == ["Bài chung", "Bản của Duyệt", "Bản của Bích"]
