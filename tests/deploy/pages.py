"""What readers get from nginx: protocols, compression, what it keeps and for whom, and how soon it forgets."""

import threading
import time
from collections.abc import Callable

from tests.deploy.machine import Machine
from tests.deploy.visitors import DOMAIN, ask, negotiated, unpacked

Say = Callable[..., None]
HEADERS = ("Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")


def look_at_pages(machine: Machine, say: Say) -> None:
    """TLS, HTTP/2, headers, static files, and what is nobody's to fetch."""
    home = ask("/")
    say("the home page is there over TLS", home.status == 200 and "Gia đình số" in home.text)
    say("HTTP/2 is spoken", negotiated("h2", "http/1.1") == "h2")
    plain = ask("/tin-tuc/", is_secure=False)
    say("plain HTTP leads to TLS", (plain.status, plain.headers.get("Location")) == (301, f"https://{DOMAIN}/tin-tuc/"))
    missing = [name for name in HEADERS if name not in home.headers]
    say("the header set is there", not missing, missing or "")
    zipped, brotli = ask("/", Accept_Encoding="gzip"), ask("/", Accept_Encoding="br")
    small = zipped.headers.get("Content-Encoding") == "gzip" and "Gia đình số" in unpacked(zipped)
    is_brotli = brotli.headers.get("Content-Encoding") == "br"
    figures = f"{len(home.body)} B, gzip {len(zipped.body)} B, br {len(brotli.body)} B"
    say("pages are compressed, by gzip and by Brotli", small and is_brotli, figures)
    sheet = home.text.split('rel="stylesheet" href="')[1].split('"')[0]
    style = ask(sheet, Accept_Encoding="br")
    is_kept = "immutable" in style.headers.get("Cache-Control", "")
    say(
        "a style sheet is compressed beforehand and kept for ever",
        is_kept and style.headers["Content-Encoding"] == "br",
    )
    for name, path in (("private", "private/lam-chung/x.jpg"), ("media/documents", "media/documents/x.pdf")):
        place = machine.root / "var/lib/gia-dinh-so" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("bí mật")
        machine.run("chown", "-R", "giadinhso:", f"/var/lib/gia-dinh-so/{path.split('/')[0]}")
        asked = [f"/{path}", f"/media/../{path}", f"/media/%2e%2e/{path}", f"/static/../{path}", f"/media//{path}"]
        statuses = {ask(address).status for address in asked}
        say(f"a file in {name} is served at none of {len(asked)} addresses", statuses <= {400, 404}, sorted(statuses))
    nowhere = ask("/media/images/khong-co.webp")
    say("what nginx itself says is Vietnamese", nowhere.status == 404 and "Không có gì ở địa chỉ này" in nowhere.text)
    what_is_kept(machine, say)


def what_is_kept(machine: Machine, say: Say) -> None:
    """Who is answered by nginx itself."""
    # A page for each, because the log is written by several processes in no order; once without a cookie, then with.
    readers = {
        "no cookie": ("/gioi-thieu/", ""),
        "csrftoken": ("/tieu-chi/", "csrftoken=abcdefghijklmnopqrstuvwxyz012345"),
        "a foreign cookie": ("/lien-he/", "_ga=GA1.2.1234; lang=vi"),
        "a session": ("/rieng-tu/", "sessionid=abcdefgh"),
        "large letters": ("/van-ban/", "co-chu=lon"),
    }
    for path, cookie in readers.values():
        ask(path)
        ask(path, **({"Cookie": cookie} if cookie else {}))
    form = [ask("/dang-ky/").headers for _time in range(2)]
    log = machine.log_of_pages()
    told = {
        name: sorted(str(line["cache"]) for line in log if line["path"] == path) for name, (path, _) in readers.items()
    }
    hit = all(told[reader] == ["HIT", "MISS"] for reader in ("no cookie", "csrftoken", "a foreign cookie"))
    say("a reader without a cookie, with csrftoken, with a foreign cookie is answered by nginx", hit, told)
    say("a reader with a session is not", told["a session"] == ["BYPASS", "MISS"])
    say("large letters are another copy", told["large letters"] == ["MISS", "MISS"])
    say("a form is kept by nobody", all("no-store" in headers.get("Cache-Control", "") for headers in form))
    forms = [line["cache"] for line in log if line["path"] == "/dang-ky/"]
    say("nor by nginx", "HIT" not in forms, forms)


CHANGE = """
from portal.home.models import StandardPage
page = StandardPage.objects.get(slug="gioi-thieu")
page.lead = {lead!r}
page.save_revision().publish()
"""


def withdraw(machine: Machine, say: Say) -> None:
    """A name that is taken back, while readers ask for the page ten times a second."""
    machine.python(CHANGE.format(lead="Đinh Văn Rút kể chuyện nhà mình."))
    deadline = time.monotonic() + 10
    while "Đinh Văn Rút" not in ask("/gioi-thieu/").text and time.monotonic() < deadline:
        time.sleep(0.1)
    say("a name stands on a page", "Đinh Văn Rút" in ask("/gioi-thieu/").text)
    seen = [time.time()]
    is_over = threading.Event()

    def read_on() -> None:
        while not is_over.wait(0.03):
            begun = time.time()
            if "Đinh Văn Rút" in ask("/gioi-thieu/").text:
                seen.append(begun)

    reader = threading.Thread(target=read_on)
    reader.start()
    code = CHANGE.format(lead="Chuyện của một nhà.") + "\nimport time; print(time.time())"
    committed = float(machine.python(code).split()[-1])
    time.sleep(10)
    is_over.set()
    reader.join()
    last_seen = seen[-1]
    age = max(0.0, last_seen - committed)
    say(
        "a name that was taken back is gone within three seconds",
        age <= 3,
        f"last asked for in vain {age:.2f} s afterwards, {len(seen)} times seen before",
    )
