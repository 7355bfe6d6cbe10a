"""The site with its sample content, read like a crawler: no dead end, nothing from elsewhere, all in Vietnamese."""

import re
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest

FIXED_ADDRESSES = (
    "/",
    "/tin-tuc/",
    "/cau-chuyen/",
    "/huong-dan/",
    "/hoat-dong/",
    "/hoat-dong/lich/",
    "/minigame/",
    "/minigame/nha-toi-gioi-so/",
    "/minigame/nha-toi-gioi-so/tap/",
    "/minigame/nha-toi-gioi-so/vong-1/",
    "/minigame/nha-toi-gioi-so/vong-1/danh-sach.txt",
    "/minigame/nha-toi-gioi-so/vong-1/boc-tham/",
    "/minigame/nha-toi-gioi-so/vong-2/",
    "/minigame/nha-toi-gioi-so/vong-2/du-thi/",
    "/minigame/ngay-khong-tien-mat/vong-1/",
    "/minigame/bai/",
    "/minigame/tin-that/",
    "/minigame/nha-tai-tro/",
    "/van-ban/",
    "/gioi-thieu/",
    "/tieu-chi/",
    "/dang-ky/",
    "/tra-cuu/",
    "/nho-giup/",
    "/tu-kiem-tra/",
    "/vinh-danh/",
    "/xac-minh/",
    "/rieng-tu/",
    "/lien-he/",
    "/tim-kiem/",
    "/tim-kiem/?q=gia+dinh+so",
    "/rss/",
    "/rss/tin-tuc/",
    "/rss/cau-chuyen/",
    "/rss/huong-dan/",
    "/rss/hoat-dong/",
    "/rss/van-ban/",
    "/atom/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/readyz",
)
LINKED = {"a": ("href",), "link": ("href",), "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset")}
LINKED |= {"audio": ("src",), "form": ("action",), "iframe": ("src",), "use": ("href",)}


@pytest.fixture(scope="module")
def trees(site):
    """Every public page as a parsed tree, by path."""
    paths = [*site.sitemap(), "/tim-kiem/?q=gia+dinh+so", "/tim-kiem/?q=zzzz"]
    return {path: html5lib.parse(site.get(path).text, namespaceHTMLElements=False) for path in paths}


def links_of(path, tree):
    """(tag, absolute address) of all that a page loads or leads to."""
    for element in tree.iter():
        for attribute in LINKED.get(element.tag, ()) if isinstance(element.tag, str) else ():
            value = element.get(attribute)
            addresses = [part.split()[0] for part in value.split(",")] if value and attribute == "srcset" else [value]
            yield from ((element.tag, urljoin(path, address)) for address in addresses if address)


@pytest.mark.parametrize("path", FIXED_ADDRESSES)
def test_address_printed_on_paper_answers(site, path):
    answer = site.get(path)
    assert answer.status == 200
    assert answer.body.strip()


def test_sitemap_tells_of_every_kind_of_page(site):
    paths = site.sitemap()
    for section in ("tin-tuc", "cau-chuyen", "huong-dan", "hoat-dong", "van-ban", "minigame"):
        assert sum(path.startswith(f"/{section}/") for path in paths) >= 3, section


def test_every_page_speaks_vietnamese(trees):
    for path, tree in trees.items():
        assert tree.get("lang") == "vi", path
        assert len(tree.findall(".//h1")) == 1, path
        assert tree.find(".//title").text.strip(), path
        if not path.startswith("/tim-kiem/"):  # crawlers are sent away from it
            assert tree.find(".//meta[@name='description']").get("content").strip(), path


def test_no_link_is_dead(site, trees):
    inside = {
        address.split("#")[0]: path
        for path, tree in trees.items()
        for _tag, address in links_of(path, tree)
        if not urlsplit(address).scheme.startswith(("tel", "mailto", "data", "sms"))
        and urlsplit(address).netloc in {"", urlsplit(site.origin).netloc}
    }
    dead = {}
    for address, found_on in inside.items():
        parts = urlsplit(address)
        answer = site.get(parts.path + (f"?{parts.query}" if parts.query else ""))
        if answer.status not in {200, 302}:
            dead[address] = (answer.status, found_on)
    assert not dead


def test_every_fragment_has_its_target(trees):
    lost = []
    for path, tree in trees.items():
        names = {element.get("id") for element in tree.iter() if isinstance(element.tag, str)}
        fragments = {link.get("href") for link in tree.iter("a") if (link.get("href") or "").startswith("#")}
        lost += [f"{path}{fragment}" for fragment in fragments if fragment != "#" and fragment[1:] not in names]
    assert not lost


def test_pages_load_nothing_from_elsewhere(site, trees):
    loading = {tag for tag in LINKED if tag not in {"a", "form"}}
    own = {"", urlsplit(site.origin).netloc}
    abroad = {
        address
        for path, tree in trees.items()
        for tag, address in links_of(path, tree)
        if tag in loading and urlsplit(address).scheme != "data" and urlsplit(address).netloc not in own
    }
    # A canonical or alternate link names the site's own address; nothing is fetched for it.
    assert not abroad


def test_pages_forbid_foreign_and_inline_code(site, trees):
    for path in trees:
        policy = site.get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize("path", [path for path in FIXED_ADDRESSES if path.startswith(("/rss", "/atom", "/sitemap"))])
def test_feed_is_well_formed(site, path):
    ElementTree.fromstring(site.get(path).body)


def test_calendar_file_is_one_that_phones_read(site):
    text = site.get("/hoat-dong/lich/").text
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") > 0
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_unknown_address_gets_a_helpful_404(site):
    answer = site.get("/khong-co-trang-nay/")
    assert answer.status == 404
    assert re.search(r'<html lang="vi"', answer.text)
    assert 'action="/tim-kiem/"' in answer.text
