"""Signed papers: plans, decisions, guidance (văn bản)."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.core.blocks import BodyBlock
from portal.core.fields import StreamField
from portal.core.models import BasePage, IndexPage


class DocumentIndexPage(IndexPage):
    """List of documents, newest first (trang văn bản)."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.DocumentPage"]
    type_label = "Văn bản"
    per_page = 20

    class Meta:
        verbose_name = "trang văn bản"
        verbose_name_plural = "trang văn bản"

    def listing(self, request: HttpRequest) -> PageQuerySet["DocumentPage"]:
        return DocumentPage.cards().order_by(models.F("signed_on").desc(nulls_last=True), "-pk")


class DocumentPage(BasePage):
    """A signed paper: its marks as on the paper, its text to read here, its file to take home (văn bản)."""

    class Kind(models.TextChoices):
        PLAN = "ke-hoach", "Kế hoạch"
        DECISION = "quyet-dinh", "Quyết định"
        GUIDANCE = "huong-dan", "Hướng dẫn"
        NOTICE = "thong-bao", "Thông báo"
        REPORT = "bao-cao", "Báo cáo"
        OTHER = "khac", "Văn bản khác"

    doc_kind = models.CharField("loại văn bản", max_length=12, choices=Kind.choices, default=Kind.PLAN)
    # Invariant 10: numbers are typed in from the signed paper; nothing here makes one up.
    number = models.CharField(
        "số, ký hiệu",
        max_length=60,
        blank=True,
        help_text="Chép đúng từ bản đã ký. Ví dụ: 16/KH-UBND. Chưa có thì để trống.",
    )
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    signer_role = models.CharField("chức vụ người ký", max_length=120, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=160, default="Ủy ban nhân dân xã Ba Tô")
    body = StreamField(BodyBlock(required=False), verbose_name="nội dung", blank=True)
    file = models.ForeignKey(
        "core.PortalDocument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tệp văn bản",
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("doc_kind"),
                FieldRowPanel([FieldPanel("number"), FieldPanel("signed_on")]),
                FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_role")]),
                FieldPanel("issuer"),
            ],
            heading="Như trên bản đã ký",
        ),
        FieldPanel("body"),
        FieldPanel("file"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("number"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["home.DocumentIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    type_label = "Văn bản"
    card_fields = (*BasePage.card_fields, "doc_kind", "number", "signed_on", "signer", "signer_role", "issuer")

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"

    @property
    def listed_on(self) -> date | None:
        return self.signed_on
