"""Sessions of staff, wrong tries, runs of jobs."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.core.models import JobRun, Passkey, SignInTry, StaffSession
from tests.authenticator import Authenticator
from tests.factories.core import UserFactory


class StaffSessionFactory(DjangoModelFactory):
    """A machine on which somebody is signed in now."""

    class Meta:
        model = StaffSession

    user = factory.SubFactory(UserFactory)
    started_at = factory.LazyFunction(timezone.now)
    seen_at = factory.SelfAttribute("started_at")
    network = "203.0.113.0/24"
    device = "Chrome, máy Windows"


class PasskeyFactory(DjangoModelFactory):
    """A key that the site knows by its number only: no machine has it, and it opens nothing."""

    class Meta:
        model = Passkey

    user = factory.SubFactory(UserFactory)
    name = "Máy ở bàn một cửa"
    host = "testserver"
    credential_id = factory.Sequence(lambda n: f"a2hvYS{n:08}")
    credential = factory.LazyFunction(lambda: Authenticator().credential)


class SignInTryFactory(DjangoModelFactory):
    """A wrong password."""

    class Meta:
        model = SignInTry

    kind = "password"
    who = "x"
    place = "mạng 203.0.113.0/24"
    network = "203.0.113.0/24"
    tried_at = factory.LazyFunction(timezone.now)


class JobRunFactory(DjangoModelFactory):
    """A job that went well just now."""

    class Meta:
        model = JobRun

    name = "nightly"
    started_at = factory.LazyFunction(timezone.now)
    finished_at = factory.SelfAttribute("started_at")
    went_well_at = factory.SelfAttribute("started_at")
