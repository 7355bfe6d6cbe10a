"""One process of several is killed: a web worker under the families' hands, and the worker over its task."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.databases import database_of_its_own
from tests.integration.faults.families import audit, families_sending, forms_of
from tests.integration.faults.sites import hurt_site
from tests.running_site import ROOT, alive_in_session

CALLED = "Phạm Thị Đứt Dây"
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "only-for-tests-" + "x" * 50,
    "ALLOWED_HOSTS": "127.0.0.1",
    "BASE_URL": "https://127.0.0.1",
}
#: A picture to be made ready in the background, large enough to be caught at it.
UPLOAD = """
from io import BytesIO
from PIL import Image
from django.core.files.base import ContentFile
from django_tasks_db.models import DBTaskResult
from portal.core.models import PortalImage
from portal.core.pictures import make_sources_of
content = BytesIO()
Image.effect_noise((3000, 2000), 60).convert("RGB").save(content, "JPEG")
image = PortalImage(title="Ảnh thử", file=ContentFile(content.getvalue(), "anh-thu.jpg"))
image.save()
# One task alone, however many the saving has put into the queue.
DBTaskResult.objects.all().delete()
PortalImage.objects.filter(pk=image.pk).update(sources={})
make_sources_of.enqueue(image_id=image.pk)
print(image.pk)
"""
STATES = "SELECT status FROM django_tasks_database_dbtaskresult"
MADE = "from portal.core.models import PortalImage; print(sorted(PortalImage.objects.get(pk={pk}).sources))"
REQUEUE = (
    "from datetime import timedelta; from portal.core.lost_tasks import *; print(requeue_lost_tasks(timedelta(0)))"
)


def web_workers(site):
    """Process ids of the web server's workers: those whose parent is the web server."""
    parents = {}
    for process_id in alive_in_session(site.process.pid):
        place = Path(f"/proc/{process_id}")
        with suppress(OSError):
            if "portal.wsgi:application" in (place / "cmdline").read_text():
                parents[process_id] = int((place / "stat").read_text().rpartition(")")[2].split()[1])
    return {process_id for process_id, parent in parents.items() if parent in parents}


def test_killed_web_worker_is_replaced_and_loses_nothing(site, tmp_path):
    with database_of_its_own("killed") as address, hurt_site(site, tmp_path, address) as hurt:
        forms, before = forms_of(hurt, 20, called=CALLED), web_workers(hurt)
        assert len(before) == 2
        with families_sending(hurt, forms, over=4) as outcomes:
            for victim in before:
                time.sleep(1)
                os.kill(victim, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and len(web_workers(hurt) - before) < 2:
            time.sleep(0.2)
        assert len(web_workers(hurt) - before) == 2
        audit(hurt, outcomes, called=CALLED)


def test_task_of_a_killed_worker_is_done_by_the_next(site, tmp_path):
    """With the settings of a server, whose worker takes what the web server has put into the queue."""
    if not site.database_url:
        pytest.skip("the queue has a worker where the database has a server")
    with database_of_its_own("queue") as address, hurt_site(site, tmp_path, address) as hurt:
        environment = {**hurt.environment, **PRODUCTION}

        def run(code):
            command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
            return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout

        work = [sys.executable, "manage.py", "db_worker", "--queue-name=*", "--interval", "0.1", "--no-startup-delay"]
        pk = int(run(UPLOAD))
        worker = subprocess.Popen(work, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and ("RUNNING",) not in hurt.rows(STATES):
            time.sleep(0.02)
        worker.kill()
        worker.wait()
        assert hurt.rows(STATES) == [("RUNNING",)]
        assert run(MADE.format(pk=pk)).strip() == "[]"
        assert run(REQUEUE).strip() == "1"
        subprocess.run([*work, "--batch"], cwd=ROOT, env=environment, check=True, capture_output=True)
        assert hurt.rows(STATES) == [("SUCCESSFUL",)]
        assert run(MADE.format(pk=pk)).strip() == "['avif', 'jpeg', 'webp']"
