"""A pytest plugin that comes before Django: compiles the Vietnamese catalogue, which Django reads once per process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

from portal.core.catalogue import compile_stale

compile_stale()
