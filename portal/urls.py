"""Every address of the site. Paths are printed on paper: once public, they never change."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as document_urls

from portal.core.http import ADMIN_PREFIX
from portal.home import feeds, offline, views
from portal.home.approvals.public import approve
from portal.home.channels.views import short
from portal.home.desk.numbers import approval
from portal.home.door.sign_in import SignInView, public_sign_in
from portal.home.operations.views import metrics
from portal.home.sitemaps import SITEMAPS
from portal.households.views.desk_home import front_door

ADMIN = ADMIN_PREFIX.lstrip("/")

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("sw.js", offline.worker, name="offline_worker"),
    path("doc-khi-mat-mang/", offline.shelf, name="offline_shelf"),
    path("co-chu/<str:size>/", views.set_text_size, name="text_size"),
    path("tim-kiem/", views.search, name="search"),
    path("rss/", feeds.RssFeed(), name="rss"),
    path("rss/<slug:section>/", feeds.RssFeed(), name="rss_section"),
    path("atom/", feeds.AtomFeed(), name="atom"),
    path("atom/<slug:section>/", feeds.AtomFeed(), name="atom_section"),
    path("p/<str:code>/", short, name="short_address"),
    path("duyet/<str:token>/", approve, name="approve_by_link"),
    path("hoat-dong/", include("portal.campaign.urls_signups")),
    path("minigame/", include("portal.campaign.urls_public")),
    path("", include("portal.households.urls_public")),
    path("", include("portal.stories.urls_stuck")),
    path(f"{ADMIN}to/", include("portal.households.urls_team")),
    path(f"{ADMIN}to/minigame/", include("portal.campaign.urls_paper")),
    path(f"{ADMIN}so-ho/", include("portal.households.urls_office")),
    path(f"{ADMIN}danh-hieu/", include("portal.households.urls_titles")),
    path(f"{ADMIN}tien-do/", include("portal.households.urls_progress")),
    path(f"{ADMIN}excel/", include("portal.households.urls_exchange")),
    path(f"{ADMIN}dang-ky-cho/", include("portal.campaign.urls_signup_desk")),
    path(f"{ADMIN}xem-lai/", include("portal.home.urls_reviews")),
    path(f"{ADMIN}minigame/da-xoa/", include("portal.campaign.urls_erasing")),
    path(f"{ADMIN}minigame/cau-chuyen/", include("portal.home.urls_entry_stories")),
    path(f"{ADMIN}minigame/viec/", include("portal.campaign.urls_prizes")),
    path(f"{ADMIN}minigame/", include("portal.campaign.urls_desk")),
    path(f"{ADMIN}login/", SignInView.as_view(), name="wagtailadmin_login"),
    path("_util/login/", public_sign_in, name="wagtailcore_login"),
    path(ADMIN, include("portal.home.door.urls")),
    path(ADMIN, include("portal.home.desk.urls")),
    path(f"{ADMIN}van-hanh/", include("portal.home.operations.urls")),
    path(f"{ADMIN}huong-dan/", include("portal.home.handbook.urls")),
    path(f"{ADMIN}kenh/", include("portal.home.channels.urls")),
    path(f"{ADMIN}duyet-ngoai/", include("portal.home.approvals.urls")),
    path(f"{ADMIN}lien-ket-hong/", include("portal.home.links.urls")),
    path(ADMIN, front_door),
    # In place of Wagtail's own view of the same address.
    path(
        f"{ADMIN}pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        approval,
        name="page_approval",
    ),
    path(ADMIN, include(admin_urls)),
    path("tai-lieu/", include(document_urls)),
    # One small server stands alone in the village office; behind nginx these never reach Django.
    re_path(rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.+)$", views.upload),
    path("", include(wagtail_urls)),
]

handler404 = "portal.home.views.page_not_found"
handler500 = "portal.home.views.server_error"
