"""What a stranger is told on paper before some form opens: run beside the site, on its database, before the scan."""

import json
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.campaign.models import Round, SealedList
from portal.campaign.sealing import codes_of
from portal.core.models import User
from portal.home.approvals.services import ask_approver, set_code
from portal.home.models import Approver
from portal.households.models import Household
from portal.households.permissions import OFFICER_GROUP
from portal.households.selectors.certificates import certificates_of_family
from portal.households.services.secret_numbers import renew_secret
from portal.stories.models import NewsPage

DAY = timedelta(days=1)


@transaction.atomic
def prepare() -> None:
    """Print {name: value} of the papers of one family and of one approver."""
    first, second = User.objects.filter(is_active=True, groups__name=OFFICER_GROUP).order_by("pk")[:2]
    family = next(one for one in Household.objects.listed().filter(root=F("pk")) if certificates_of_family(one))
    secret = renew_secret(household=family, token=uuid4(), reason="quét thử", by=first)
    approver = Approver.objects.create(name="Phạm Văn Duyệt", function="Phó Chủ tịch")
    code = set_code(approver=approver, by=first)
    page = NewsPage.objects.live().first()
    page.title = f"{page.title} (sửa)"
    page.save_revision(user=second)
    # As the database gives it back: the digest is made of that.
    _link, token = ask_approver(page=NewsPage.objects.get(pk=page.pk), approver=approver, days=1, by=second)
    # The sample's round with days, a story and a picture is still to come.
    now = timezone.now()
    Round.objects.filter(takes_photo=True).update(opens_at=now - DAY, days_from=timezone.localdate(now - DAY))
    papers = {
        "household": family.code,
        "household_secret": secret,
        "certificate": certificates_of_family(family)[0].code,
        "listed": codes_of(SealedList.objects.get().text)[0],
        "approval": token,
        "approval_code": code,
    }
    print(json.dumps(papers))
