"""What is read while the disk or the database does not serve: calm words, and nothing typed is lost.

The page asks nothing of anybody. What was sent goes back into it as hidden boxes, so that one press sends the same form
again with the same token; passwords, secret numbers and files are never put into a page.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from portal.core.http import ADMIN_PREFIX
from portal.core.logs import request_number
from portal.core.outages import Outage
from portal.core.typed import boxes_to_send_again

RETRY_SECONDS = {Outage.BUSY: 10}
RETRY_AFTER_OTHERS = 60
#: A picture of a page that has nothing to show is not worth a page of words.
PLAIN = "Chưa lấy được tệp này, xin ít phút nữa thử lại.\n"
TITLES = {
    Outage.FULL: "Máy chủ của xã tạm hết chỗ.",
    Outage.READ_ONLY: "Sổ của xã tạm thời chưa ghi thêm được.",
    Outage.BUSY: "Máy chủ của xã đang bận.",
    Outage.DOWN: "Trang đang tạm nghỉ.",
}


def outage_page(request: HttpRequest, outage: Outage) -> HttpResponse:
    """The page with status 503, which nobody may keep."""
    if request.path.startswith(settings.MEDIA_URL):
        return _told(HttpResponse(PLAIN, content_type="text/plain; charset=utf-8", status=503), outage)
    is_sending = request.method == "POST"
    context = {
        "title": TITLES[outage],
        "is_staff_side": request.path.startswith(ADMIN_PREFIX),
        "is_sending": is_sending,
        "boxes": boxes_to_send_again(request) if is_sending else [],
        "number": request_number()[:8],
    }
    try:
        content = get_template("503.html").render(context)
    except ValueError:  # no style sheets: the static files were never collected
        content = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{TITLES[outage]}</title>'
        content += f"<h1>{TITLES[outage]}</h1><p>Lỗi ở phía xã. Xin bà con ít phút nữa thử lại.</p>"
    return _told(HttpResponse(content, status=503), outage)


def _told(response: HttpResponse, outage: Outage) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(RETRY_SECONDS.get(outage, RETRY_AFTER_OTHERS))
    return response
