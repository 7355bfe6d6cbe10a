"""Villages; households follow."""

import factory
from factory.django import DjangoModelFactory

from portal.households.models import Village


class VillageFactory(DjangoModelFactory):
    """A sample village that exists today."""

    class Meta:
        model = Village

    number = factory.Sequence(lambda number: number + 1)
    name = factory.LazyAttribute(lambda village: f"Thôn {village.number} (mẫu)")
    is_sample = True
