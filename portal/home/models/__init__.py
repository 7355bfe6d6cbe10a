"""The column itself: home page, standing pages, documents, alerts."""

from portal.home.models.alerts import AlertBanner
from portal.home.models.approvals import ApprovalLink, Approver
from portal.home.models.channels import Channel, ChannelText, HungPoster
from portal.home.models.documents import DocumentIndexPage, DocumentPage
from portal.home.models.links import BrokenLink
from portal.home.models.pages import HomePage, StandardPage
from portal.home.models.search import SearchEntry, SearchText

__all__ = [
    "AlertBanner",
    "ApprovalLink",
    "Approver",
    "BrokenLink",
    "Channel",
    "ChannelText",
    "DocumentIndexPage",
    "DocumentPage",
    "HomePage",
    "HungPoster",
    "SearchEntry",
    "SearchText",
    "StandardPage",
]
