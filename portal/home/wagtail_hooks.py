"""Registers the column's screens with Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import register_permission_policy

from portal.core.models import PortalDocument, PortalImage
from portal.home.approvals import buttons as approval_buttons
from portal.home.channels import buttons
from portal.home.desk import entry_stories, menus, numbers, refusals
from portal.home.desk.panels import panels_for, write_items
from portal.home.desk.policies import MediaPermissionPolicy
from portal.home.door import links
from portal.home.door import refusals as door_refusals
from portal.home.viewsets import AlertBannerViewSet

for model, auth_model in ((PortalImage, "wagtailimages.Image"), (PortalDocument, "wagtaildocs.Document")):
    policy = MediaPermissionPolicy(model, auth_model, owner_field_name="uploaded_by_user")
    # Exact, so that it holds whichever comes first: this module or Wagtail's own registration.
    register_permission_policy(model, policy, exact_class=True)

hooks.register("construct_main_menu", menus.trim_main_menu)
hooks.register("construct_help_menu", menus.trim_help_menu)
hooks.register("construct_reports_menu", menus.trim_reports_menu)
hooks.register("before_delete_page", refusals.refuse_deleting_public_page)
hooks.register("before_edit_page", entry_stories.say_source)
hooks.register("before_publish_page", entry_stories.refuse_publishing_unallowed)
hooks.register("before_bulk_action", refusals.refuse_bulk_deleting_public_pages)
hooks.register("before_bulk_action", numbers.refuse_publishing_numbers)
hooks.register("before_delete_user", door_refusals.refuse_deleting_account)
hooks.register("before_bulk_action", door_refusals.refuse_bulk_closing)
hooks.register("register_page_header_buttons", buttons.header_buttons)
hooks.register("register_page_header_buttons", approval_buttons.header_buttons)
hooks.register("register_page_listing_more_buttons", buttons.listing_buttons)
hooks.register("after_publish_page", buttons.say_what_is_old)
hooks.register("before_unpublish_page", buttons.say_where_it_hangs)
hooks.register("after_unpublish_page", buttons.say_where_it_hangs)
hooks.register("before_delete_page", buttons.say_where_it_hangs)
hooks.register("register_user_listing_buttons", links.account_buttons)
hooks.register("register_account_menu_item", links.own_account_item)


@hooks.register("register_admin_menu_item")
def add_operations() -> MenuItem:
    return links.ForKeepers("Vận hành", reverse("operations:index"), name="van-hanh", icon_name="cogs", order=9000)


@hooks.register("register_admin_menu_item")
def add_broken_links() -> MenuItem:
    return links.ForWriters("Liên kết hỏng", reverse("links:index"), name="lien-ket-hong", icon_name="link", order=8900)


@hooks.register("register_admin_menu_item")
def add_approvers() -> MenuItem:
    address = reverse("approvals:people")
    return links.ForKeepers("Người duyệt ngoài", address, name="nguoi-duyet-ngoai", icon_name="user", order=8950)


@hooks.register("register_help_menu_item")
def add_handbook() -> MenuItem:
    return MenuItem("Sổ tay", reverse("handbook:index"), name="so-tay", icon_name="help", order=50)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [AlertBannerViewSet("alerts")]


@hooks.register("construct_homepage_panels")
def put_our_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = panels_for(request)


@hooks.register("construct_homepage_summary_items", order=1000)
def put_writing_links(request: HttpRequest, items: list[Any]) -> None:
    items[:] = write_items(request)


@hooks.register("insert_global_admin_css")
def put_our_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))
