"""Settings of the benchmark: the site as it runs, with or without its page cache, beside the yardsticks."""

import os

from portal.settings.dev import *
from portal.settings.dev import INSTALLED_APPS, MIDDLEWARE

ROOT_URLCONF = "tests.load.urls"
if os.environ.get("BENCH_PAGE_CACHE") != "on":
    kept, anew = "portal.core.page_cache.PageCacheMiddleware", "tests.load.making.MadeAnewMiddleware"
    MIDDLEWARE = [anew if name == kept else name for name in MIDDLEWARE]

if os.environ.get("BENCH_FRONT") == "on":
    MIDDLEWARE = ["portal.core.front_cache.FrontCacheMiddleware", *MIDDLEWARE]

INSTALLED_APPS = [*INSTALLED_APPS, "tests.load.yardsticks"]
