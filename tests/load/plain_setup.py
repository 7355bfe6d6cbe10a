"""Run in a process of its own with the settings of `plain`: makes its database and prints the cost of its page."""

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

django.setup()
call_command("migrate", verbosity=0)

from wagtail.models import Page, Site

from tests.load.minimal.models import MinimalPage

root = Page.objects.get(depth=1)
page = root.add_child(instance=MinimalPage(title="Trang đo", slug="trang-do"))
Site.objects.update(root_page=page)
client = Client()
client.get("/")
with CaptureQueriesContext(connection) as queries:
    client.get("/")
print(len(queries.captured_queries))
