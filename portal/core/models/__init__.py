"""The ground floor's models: they know no household and no story."""

from portal.core.models.access import EndReason, Passkey, SignInTry, StaffSession
from portal.core.models.audit import AuditEntry, AuditHead
from portal.core.models.files import PortalDocument, PortalImage, PortalRendition
from portal.core.models.jobs import JobRun
from portal.core.models.pages import BasePage, IndexPage
from portal.core.models.plain_words import PlainWord
from portal.core.models.profile import SiteProfile
from portal.core.models.reads import PageReads
from portal.core.models.recordings import Recording
from portal.core.models.review import ReviewLimit
from portal.core.models.users import User

__all__ = [
    "AuditEntry",
    "AuditHead",
    "BasePage",
    "EndReason",
    "IndexPage",
    "JobRun",
    "PageReads",
    "Passkey",
    "PlainWord",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "Recording",
    "ReviewLimit",
    "SignInTry",
    "SiteProfile",
    "StaffSession",
    "User",
]
