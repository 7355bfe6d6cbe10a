"""Pictures of entries: small, upright, without place or camera; what is none is refused in a sentence."""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from portal.campaign.models import Entry, EntryPhoto
from portal.campaign.services import photos
from portal.core.private_files import private_storage
from tests.factories.files import picture_bytes
from tests.factories.games import RoundFactory
from tests.integration.games.phone import Phone, codes_of
from tests.integration.games.test_receipts import change

pytestmark = pytest.mark.django_db

TWELVE_MEGAPIXELS = (4032, 3024)
GPS, GPS_LATITUDE, ORIENTATION, MAKE = 0x8825, 2, 0x0112, 0x010F
ROTATED = 6
#: The place a second time, as some phones write it.
PLACE_AGAIN = b"<x:xmpmeta><exif:GPSLatitude>14,45.5N</exif:GPSLatitude></x:xmpmeta>"


@pytest.fixture
def phone(household):
    """A family that stands before the photo screen."""
    phone = Phone.at(RoundFactory(cashless=True))
    phone.open()
    phone.tell_who(code=household.code)
    phone.on({f"d{timezone.localdate():%Y%m%d}": ["ma-qr"]})
    phone.on(story="Bà ngoại quét mã ở chợ.")
    assert "Thêm một tấm ảnh" in phone.text
    return phone


def photograph(kind, **options):
    """Twelve megapixels with a red upper edge, taken lying down, with place and camera in it."""
    picture = Image.new("RGB", TWELVE_MEGAPIXELS, "#204060")
    picture.paste("#b3202c", (0, 0, TWELVE_MEGAPIXELS[0], 300))
    exif = picture.getexif()
    exif[MAKE] = "Máy ảnh mẫu"
    exif.get_ifd(GPS)[GPS_LATITUDE] = (14.0, 45.0, 30.0)
    exif[ORIENTATION] = ROTATED
    buffer = io.BytesIO()
    picture.save(buffer, kind, exif=exif.tobytes(), xmp=PLACE_AGAIN, **options)
    return buffer.getvalue()


def upload(phone, content, name="anh.jpg", **boxes):
    return phone.on({"photo": SimpleUploadedFile(name, content), **boxes})


def waiting():
    try:
        return [
            f"{photos.WAITING_FOLDER}/{folder}/{name}"
            for folder in private_storage.listdir(photos.WAITING_FOLDER)[0]
            for name in private_storage.listdir(f"{photos.WAITING_FOLDER}/{folder}")[1]
        ]
    except FileNotFoundError:
        return []


@pytest.fixture(autouse=True)
def _empty_store():
    for name in waiting():
        private_storage.delete(name)


def send(phone):
    phone.on(shown_as="chi-ma")
    return phone.send()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("IMG_0412.HEIC", lambda: photograph("HEIF", quality=50, enc_params={"preset": "ultrafast"})),
        ("IMG_0413.jpg", lambda: photograph("JPEG", quality=90)),
    ],
    ids=["HEIC", "JPEG"],
)
def test_photograph_comes_out_small_upright_and_without_metadata(phone, name, make):
    content = make()
    taken = Image.open(io.BytesIO(content))
    assert taken.getexif().get_ifd(GPS)
    assert PLACE_AGAIN in content
    upload(phone, content, name)
    send(phone)
    with private_storage.open(EntryPhoto.objects.get().name) as file:
        data = file.read()
    picture = Image.open(io.BytesIO(data))
    assert picture.format == "JPEG"
    assert max(picture.size) <= 1600
    assert len(data) <= 500 * 1024
    assert not picture.getexif()
    assert {"exif", "xmp", "comment"}.isdisjoint(picture.info)
    for word in ("Máy ảnh".encode(), b"GPS", b"Exif"):
        assert word not in data
    # Turned as the camera was held: what was the upper edge of the lying picture is its right edge.
    assert picture.height > picture.width
    red, green, blue = picture.getpixel((picture.width - 20, picture.height // 2))
    assert red > 150 > max(green, blue)


def test_photo_is_uploaded_once_and_survives_the_review(phone):
    upload(phone, picture_bytes(kind="JPEG"))
    assert len(waiting()) == 1
    phone.back()
    assert 'src="data:image/jpeg;base64,' in phone.html
    phone.on()
    phone.on(shown_as="chi-ma")
    assert 'src="data:image/jpeg;base64,' in phone.html
    draft = phone.draft
    code, _secret = codes_of(phone.send())
    assert waiting() == []
    assert EntryPhoto.objects.get().entry.code == code
    assert codes_of(phone.resend(draft))[0] == code
    assert EntryPhoto.objects.count() == 1


def zip_bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("anh.jpg", bytes(20_000_000))
    return buffer.getvalue()


def pixel_bomb(side):
    """A small file that claims to be an enormous picture."""
    import struct
    import zlib

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("anh.jpg", zip_bomb, "Tệp này không phải ảnh chụp."),
        ("anh.png", lambda: pixel_bomb(60_000), "Ảnh này quá lớn"),
        ("anh.png", lambda: pixel_bomb(9_000), "Ảnh này quá lớn"),
        ("anh.svg", lambda: SVG, "Tệp này không phải ảnh chụp."),
        ("anh.jpg", lambda: SVG, "Tệp này không phải ảnh chụp."),
        ("anh.jpg", lambda: b"MZ" + bytes(5000), "Tệp này không phải ảnh chụp."),
        ("anh.jpg", lambda: photograph("JPEG")[:9000], "hỏng giữa chừng"),
        ("anh.jpg", lambda: picture_bytes(kind="JPEG") + bytes(40_000_000), "xã nhận tối đa 12,0 MB"),
        ("anh.jpg", lambda: b"", "Tệp này không phải ảnh chụp."),
    ],
    ids=["zip", "60k pixels", "9k pixels", "svg", "svg as jpg", "program", "cut off", "40 MB", "empty"],
)
def test_what_is_no_picture_is_refused_beside_the_box_and_all_else_is_kept(phone, name, make, sentence):
    upload(phone, make(), name)
    assert sentence in phone.text
    assert 'id="id_photo_error"' in phone.html
    assert waiting() == []
    phone.on()
    phone.on(shown_as="chi-ma")
    assert "Bà ngoại quét mã ở chợ." in phone.text
    assert "Không gửi ảnh" in phone.text
    phone.send()
    assert Entry.objects.get().content["story"] == "Bà ngoại quét mã ở chợ."


def test_wrong_file_does_not_take_the_place_of_the_right_one(phone):
    upload(phone, picture_bytes(kind="JPEG"))
    phone.back()
    upload(phone, SVG)
    assert "không phải ảnh" in phone.text
    assert len(waiting()) == 1
    phone.on()
    send(phone)
    assert EntryPhoto.objects.count() == 1


def test_photo_is_replaced_and_taken_away(phone):
    upload(phone, picture_bytes(kind="JPEG"))
    phone.back()
    upload(phone, picture_bytes(kind="JPEG", colour="#17694a"))
    assert len(waiting()) == 1
    phone.back()
    phone.on(no_photo="on")
    assert waiting() == []
    send(phone)
    assert not EntryPhoto.objects.exists()


def test_see_through_drawing_lies_on_white(phone):
    buffer = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(buffer, "PNG")
    upload(phone, buffer.getvalue(), "ve.png")
    with private_storage.open(waiting()[0]) as file:
        assert min(Image.open(file).getpixel((10, 10))) > 250


def test_nobody_sees_a_photo_by_an_address(client, phone, settings):
    upload(phone, picture_bytes(kind="JPEG"))
    code, _secret = codes_of(send(phone))
    photo = EntryPhoto.objects.get()
    name, round_ = photo.name, photo.entry.round
    assert str(private_storage.path(name)).startswith(str(settings.PRIVATE_ROOT))
    for address in (f"/media/{name}", f"/static/{name}", f"/{name}", f"/media/../private/{name}"):
        assert client.get(address).status_code in {400, 404}
    work = "/quan-tri/minigame/viec/"
    for address in (f"anh/{photo.pk}/", f"cham/{round_.pk}/1/anh/{photo.pk}/"):
        assert client.get(work + address).headers["Location"].startswith("/quan-tri/login/")
    for address in (f"/minigame/bai/{code}/", round_.get_absolute_url(), round_.game.url, "/minigame/"):
        page = client.get(address).content.decode()
        assert name.rsplit("/", 1)[1] not in page
        assert "data:image/jpeg" not in page


def test_change_of_words_keeps_the_photo(phone):
    upload(phone, picture_bytes(kind="JPEG"))
    code, secret = codes_of(send(phone))
    change(phone, code, secret)
    phone.on()
    phone.on(story="Bà ngoại quét mã ở trạm y tế.")
    assert 'src="data:image/jpeg;base64,' in phone.html
    phone.on()
    phone.on()
    phone.send()
    assert [photo.entry.version for photo in EntryPhoto.objects.order_by("pk")] == [1, 2]
    assert EntryPhoto.objects.values("digest").distinct().count() == 1


def test_photos_that_were_never_sent_go_when_the_round_is_over(phone):
    upload(phone, picture_bytes(kind="JPEG"))
    call_command("sweep_entry_photos", verbosity=0)
    assert len(waiting()) == 1
    with time_machine.travel(timezone.now() + timedelta(hours=4), tick=True):
        call_command("sweep_entry_photos", verbosity=0)
    assert waiting() == []


def test_draft_thrown_away_takes_its_photo_along(phone):
    upload(phone, picture_bytes(kind="JPEG"))
    phone.press("di", "xoa")
    assert waiting() == []


def test_photo_that_was_swept_away_is_asked_for_again(phone):
    upload(phone, picture_bytes(kind="JPEG"))
    private_storage.delete(waiting()[0])
    send(phone)
    assert "Ảnh của bài này không còn ở xã." in phone.text
    assert not Entry.objects.exists()
    phone.on()
    send(phone)
    assert Entry.objects.count() == 1


def test_disk_is_not_filled_by_forms_that_are_never_sent(phone, monkeypatch):
    monkeypatch.setattr(photos, "MAX_WAITING", 0)
    upload(phone, picture_bytes(kind="JPEG"))
    assert "xã chưa nhận thêm ảnh được" in phone.text
