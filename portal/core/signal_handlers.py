"""Effects of changes that the ground floor is answerable for."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.db.models.signals import post_delete, pre_save
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.core.access.accounts import note_changes
from portal.core.access.sessions import begin_session, end_sessions, number_of
from portal.core.models import BasePage, EndReason, PortalDocument, PortalImage, Recording, SiteProfile, User
from portal.core.page_cache import connect_signals, forget_pages
from portal.core.reviews import set_first_look
from portal.core.share_pictures import make_share_picture_of, remove_share_picture
from portal.core.uploads import read_recording


def connect() -> None:
    """Called once by the app's ready()."""
    # Before stored pages are forgotten: what is made after that must know the new day.
    page_published.connect(set_first_look, dispatch_uid="set-first-look")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_forget, dispatch_uid="forget-pages")
    page_published.connect(_draw_share_picture, dispatch_uid="draw-share-picture")
    page_unpublished.connect(_remove_share_picture, dispatch_uid="remove-share-picture")
    post_delete.connect(_forget_deleted_page, dispatch_uid="forget-deleted-page")
    connect_signals(SiteProfile, Site, PageViewRestriction, PortalImage, PortalDocument, Recording)
    user_logged_in.connect(_begin_session, dispatch_uid="begin-session")
    user_logged_out.connect(_end_session, dispatch_uid="end-session")
    pre_save.connect(note_changes, sender=User, dispatch_uid="note-changes-of-accounts")
    pre_save.connect(_measure_recording, sender=Recording, dispatch_uid="measure-recording")


def _begin_session(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    begin_session(request, user)


def _end_session(request: HttpRequest, user: User | None, **_kwargs: Any) -> None:
    number = number_of(request)
    if user is not None and number is not None:
        end_sessions(user=user, because=EndReason.OUT, only=number)


def _forget(**_kwargs: Any) -> None:
    forget_pages()


def _forget_deleted_page(sender: Any, instance: Page, **_kwargs: Any) -> None:
    if issubclass(sender, Page):
        forget_pages()
    if issubclass(sender, BasePage):
        _remove_share_picture(instance)


def _draw_share_picture(instance: Page, **_kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        transaction.on_commit(lambda: make_share_picture_of.enqueue(page_id=instance.pk))


def _remove_share_picture(instance: Page, **_kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        # Named now: a deleted row has no number any more once the transaction is committed.
        name = instance.share_picture_name
        transaction.on_commit(lambda: remove_share_picture(name))


def _measure_recording(instance: Recording, **_kwargs: Any) -> None:
    """Length and size are read from the file, so that what the reader is told is true."""
    if instance.file and not instance.file._committed:  # type: ignore[attr-defined]
        instance.duration_seconds = round(read_recording(instance.file).duration or 0)
        instance.size_bytes = instance.file.size
