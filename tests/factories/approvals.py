"""Who approves without an account, and a link that was sent."""

from datetime import timedelta

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.home.models import ApprovalLink, Approver
from tests.factories.core import UserFactory

CODE = "482915"


class ApproverFactory(DjangoModelFactory):
    """The Chair, with a code that an administrator handed over."""

    class Meta:
        model = Approver

    name = "Bà Phạm Thị Sương"
    function = "Chủ tịch Ủy ban nhân dân xã"
    code_digest = factory.LazyFunction(lambda: make_password(CODE))
    code_set_at = factory.LazyFunction(timezone.now)
    code_set_by = factory.SubFactory(UserFactory)


class ApprovalLinkFactory(DjangoModelFactory):
    """A link to a story, good for three days."""

    class Meta:
        model = ApprovalLink

    token_digest = factory.Sequence(lambda number: f"{number:064}")
    page = factory.SubFactory("tests.factories.stories.StoryPageFactory")
    revision_digest = "0" * 64
    approver = factory.SubFactory(ApproverFactory)
    asked_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))
