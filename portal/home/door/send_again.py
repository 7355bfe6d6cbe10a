"""A form that was sent in a session that had ended: kept over the signing-in, and sent with one press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_http_methods

from portal.core.typed import boxes_to_send_again, forget_form, kept_form, without_page_token
from portal.home.door.guards import own_account_view
from portal.households.access import staff_of


@own_account_view
@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: HttpRequest) -> HttpResponse:
    """`/quan-tri/gui-lai/`: the form, behind “Gửi lại”; a post throws it away."""
    if request.method == "POST":
        forget_form(request)
        messages.success(request, "Đã bỏ phiếu, không gửi.")
        return redirect("wagtailadmin_home")
    form = kept_form(request, staff_of(request))
    if form is None:
        return redirect("wagtailadmin_home")
    return render(request, "home/door/send_again.html", {"form": form})


@requires_csrf_token
def form_of_an_old_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Somebody signed in anew in another tab, or the browser forgot the page's token: what was typed comes back."""
    boxes = without_page_token(boxes_to_send_again(request)) if request.headers.get("Origin") else []
    return render(request, "403_csrf.html", {"boxes": boxes}, status=403)
