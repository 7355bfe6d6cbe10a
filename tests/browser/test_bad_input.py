"""A wrong file in the picture dialog: a sentence that helps, and nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from tests.factories.files import picture_bytes

SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def story_in_the_making(desk_of):
    desk = desk_of("bien-tap")
    desk.begin("Viết câu chuyện")
    desk.fill("title", "Câu chuyện còn dở")
    return desk


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("anh-lon.jpg", picture_bytes(kind="JPEG") + bytes(30_000_000), "MB"),
        ("chuong-trinh.jpg", b"MZ" + bytes(5_000), "không phải"),
        ("co-lenh.svg", SCRIPT, "không nhận loại tệp này"),
    ],
    ids=["30 MB", "renamed program", "drawing with a script"],
)
def test_wrong_file_is_explained_and_nothing_is_lost(story_in_the_making, tmp_path, name, content, sentence):
    desk = story_in_the_making
    file = tmp_path / name
    file.write_bytes(content)
    dialog = desk.upload_picture(desk.page.get_by_role("button", name="Chọn ảnh").first, file, "Tên ảnh", "Mô tả ảnh")
    expect(dialog.locator(".error-message").first).to_contain_text(sentence)
    expect(dialog.locator("[name$='-title']")).to_have_value("Tên ảnh")
    expect(dialog.locator("[name$='-description']")).to_have_value("Mô tả ảnh")
    dialog.get_by_role("button", name="Đóng").click()
    expect(desk.page.locator("[name=title]")).to_have_value("Câu chuyện còn dở")
