"""The skeleton of the column: the pages without which no address works. Filled with content by people."""

from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from wagtail.models import Page, Site

from portal.campaign.models import ActivityIndexPage, GameIndexPage
from portal.core.models import BasePage
from portal.home.models import DocumentIndexPage, HomePage, StandardPage
from portal.stories.models import GuideIndexPage, NewsIndexPage, StoryIndexPage

#: (type, slug, title, lead) in menu order; slugs are printed on paper and stay (product.md, address space).
SECTIONS: tuple[tuple[type[BasePage], str, str, str], ...] = (
    (NewsIndexPage, "tin-tuc", "Tin tức", "Tin của phong trào và cảnh báo lừa đảo."),
    (StoryIndexPage, "cau-chuyen", "Câu chuyện", "Chuyện thật của bà con khi dùng điện thoại làm việc nhà."),
    (GuideIndexPage, "huong-dan", "Hướng dẫn", "Từng bước một, có hình. Muốn làm gì thì xem chỗ đó."),
    (ActivityIndexPage, "hoat-dong", "Hoạt động", "Buổi tập huấn và việc của các thôn."),
    (GameIndexPage, "minigame", "Minigame", "Thi vui cho cả nhà: chơi trên điện thoại hay trên giấy đều được."),
    (DocumentIndexPage, "van-ban", "Văn bản", "Kế hoạch, quyết định và giấy tờ của phong trào."),
    (StandardPage, "gioi-thieu", "Giới thiệu", "Phong trào Gia đình số của xã Ba Tô là gì."),
    (StandardPage, "tieu-chi", "Năm việc của Gia đình số", "Năm tiêu chí và mục tiêu của xã, nói cho dễ hiểu."),
    (StandardPage, "rieng-tu", "Riêng tư", "Xã giữ thông tin của gia đình thế nào."),
    (StandardPage, "lien-he", "Liên hệ", "Hỏi ai, gặp ở đâu."),
)
HERO_TEXT = (
    "“Gia đình số” là phong trào của xã Ba Tô: giúp từng nhà dùng điện thoại để làm giấy tờ, trả tiền, học, khám bệnh "
    "và không bị lừa. Chưa biết thì có tổ công nghệ số của thôn cầm tay chỉ việc."
)


@transaction.atomic
def ensure_column() -> HomePage:
    """Create what is missing of the skeleton and return the home page; what exists is left as it is."""
    home = HomePage.objects.first() or _create_home()
    for kind, slug, title, lead in SECTIONS:
        if not home.get_children().filter(slug=slug).exists():
            _publish(home, kind(title=title, slug=slug, lead=lead, show_in_menus=True))
    return home


def set_site_address(base_url: str) -> None:
    """Let sitemap, feeds and mails name the address under which the site is really reached (setting BASE_URL)."""
    parts = urlsplit(base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    site = Site.objects.get(is_default_site=True)
    if (site.hostname, site.port) != (parts.hostname, port):
        site.hostname, site.port = parts.hostname or "localhost", port
        site.save()


def _create_home() -> HomePage:
    root = Page.get_first_root_node()
    # Wagtail's own first page says "Welcome to your new Wagtail site"; it goes with its site row's pointer.
    placeholder = root.get_children().filter(slug="home").first()
    if placeholder is not None and placeholder.specific_class is Page:
        placeholder.slug = "wagtail"
        placeholder.save()
    home = HomePage(title="Gia đình số xã Ba Tô", slug="home", hero_text=HERO_TEXT)
    home.lead = "Hướng dẫn, câu chuyện, tin tức và hoạt động của phong trào Gia đình số xã Ba Tô, tỉnh Quảng Ngãi."
    _publish(root, home)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "localhost", "port": 80, "site_name": "Gia đình số xã Ba Tô"},
    )
    if placeholder is not None and placeholder.slug == "wagtail":
        placeholder.delete()
    return home


def _publish(parent: Page, page: Any) -> None:
    parent.add_child(instance=page)
    page.save_revision().publish()
