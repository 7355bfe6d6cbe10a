"""Every model matches its migration, speaks Vietnamese and has a factory."""

import importlib
import pkgutil

import factory
import pytest
from django.apps import apps
from django.core.management import call_command
from wagtail.models import Page

from tests import factories

OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("portal.")]
OUR_PAGES = [model for model in OUR_MODELS if issubclass(model, Page)]


def label(model):
    return model._meta.label


def own_fields(model):
    """Fields that we wrote: neither inherited from Wagtail or Django, nor made by Django itself."""
    foreign = {
        field.name
        for base in model.__mro__
        if hasattr(base, "_meta") and not base.__module__.startswith("portal.")
        for field in base._meta.get_fields()
    }
    return [
        field
        for field in model._meta.get_fields()
        if field.concrete and not field.auto_created and field.name not in foreign | {"id"}
    ]


def reads_as_label(text):
    """Lower-case, save for words that are always capital (QR, UBND, GPS)."""
    first = text.split()[0]
    return not first[0].isupper() or (first.isupper() and len(first) > 1)


@pytest.mark.django_db
def test_models_match_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("model", OUR_MODELS, ids=label)
def test_model_speaks_vietnamese(model):
    name = str(model._meta.verbose_name)
    assert name.replace(" ", "") != model._meta.object_name.lower(), "verbose_name is still the English default"
    assert reads_as_label(name)
    assert reads_as_label(str(model._meta.verbose_name_plural))
    assert str(model._meta.verbose_name_plural) != f"{name}s", "Vietnamese has no plural s"


@pytest.mark.parametrize("model", OUR_MODELS, ids=label)
def test_field_speaks_vietnamese(model):
    english = [field.name for field in own_fields(model) if str(field.verbose_name) == field.name.replace("_", " ")]
    assert not english, "these labels are still the English default"
    assert not [field.name for field in own_fields(model) if not reads_as_label(str(field.verbose_name))]


@pytest.mark.parametrize("model", OUR_PAGES, ids=label)
def test_page_type_says_where_it_may_stand(model):
    said = {name for base in model.__mro__ if base.__module__.startswith("portal.") for name in vars(base)}
    assert {"parent_page_types", "subpage_types"} <= said


def test_each_model_has_a_factory():
    made = set()
    for module in pkgutil.iter_modules(factories.__path__, f"{factories.__name__}."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, factory.Factory):
                made.add(thing._meta.model)
    assert not [label(model) for model in OUR_MODELS if model not in made]
