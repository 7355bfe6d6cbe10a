"""The site's addresses and the empty view."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from portal.urls import handler404, handler500
from portal.urls import urlpatterns as portal_urlpatterns

__all__ = ["handler404", "handler500", "urlpatterns"]


def empty(_request: HttpRequest) -> HttpResponse:
    """Nothing but the middleware; it tells the page cache to keep away."""
    response = HttpResponse("ok")
    response["Cache-Control"] = "private"
    return response


@csrf_exempt
def bare_entry(request: HttpRequest) -> HttpResponse:
    """Read, then insert, in one transaction: what any entry that is taken once has to do."""
    from tests.load.yardsticks.models import Mark

    with transaction.atomic():
        if not Mark.objects.filter(token=request.POST["token"]).exists():
            Mark.objects.create(token=request.POST["token"], text=request.POST["text"])
    return HttpResponse("accepted")


urlpatterns = [path("do/rong/", empty), path("do/ghi/", bare_entry), *portal_urlpatterns]
