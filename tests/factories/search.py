"""Entries of the readers' search; pages make their own, these are for what never had a page's words."""

import factory
from factory.django import DjangoModelFactory

from portal.home.models.search import PageKind, SearchEntry, SearchText
from tests.factories.home import HomePageFactory


class SearchEntryFactory(DjangoModelFactory):
    """An entry of the home page, which makes none for itself."""

    class Meta:
        model = SearchEntry

    page = factory.SubFactory(HomePageFactory)
    kind = PageKind.STANDING
    id = factory.LazyAttribute(lambda entry: SearchEntry.key_for(entry.page.pk, None))


class SearchTextFactory(DjangoModelFactory):
    """The words of an entry."""

    class Meta:
        model = SearchText

    entry = factory.SubFactory(SearchEntryFactory)
    text = "Bà con"
    tokens = "ba con"
