"""The sealed list for the notice boards: codes, digest, which number decides, and how to draw again by hand."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from portal.campaign.models import Draw, Round, SealedList
from portal.campaign.selectors.closing import exclusions_of
from portal.campaign.selectors.public import lines_of
from portal.core.models import SiteProfile
from portal.core.printing import compiled_pdf, square_code
from portal.core.templatetags.portal_tags import weekday_date_and_hour

TEMPLATE = Path(__file__).parent / "sealed_list.typ"


def list_paper(round_: Round, sealed: SealedList) -> bytes:
    """The list as it stands today, A4, several pages."""
    profile = SiteProfile.objects.first() or SiteProfile()
    address = f"{settings.BASE_URL}{reverse('games:draw', args=[round_.game.slug, round_.number])}"
    drawn = Draw.objects.filter(round=round_).first()
    today = timezone.localdate()
    given = {
        "title": f"Danh sách đã chốt: {round_}",
        "round": str(round_),
        "office": f"Ủy ban nhân dân {profile.commune_name}",
        "column": f"{profile.column_name} {profile.commune_name}",
        "date": [today.year, today.month, today.day],
        "sealed": weekday_date_and_hour(sealed.sealed_at),
        "digest": sealed.digest,
        "source": round_.seed_words,
        "known": weekday_date_and_hour(round_.seed_known_at),
        "number": drawn.number if drawn else "",
        "lines": lines_of(sealed),
        "excluded": [[code, row.get_reason_display()] for code, row in sorted(exclusions_of(round_).items())],
        "printed": weekday_date_and_hour(timezone.now()),
        "address": address.split("://", 1)[-1],
        "qr": square_code(address),
    }
    return compiled_pdf(TEMPLATE, given)
