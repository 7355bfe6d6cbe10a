"""What is kept only for a time (row R18)."""

from datetime import datetime, time, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.private_files import private_storage
from portal.households.models import Evidence
from portal.households.selectors.rules import register_rules


@transaction.atomic
def delete_old_evidence() -> int:
    """Delete pictures of visits older than the commune keeps them, files with them; how many. Findings stay."""
    oldest = timezone.localdate() - timedelta(days=register_rules().evidence_keep_days)
    midnight = timezone.make_aware(datetime.combine(oldest, time.min))
    old = Evidence.objects.filter(visit__visited_at__lt=midnight)
    names = list(old.values_list("name", flat=True))
    if names:
        old.delete()
        record("evidence.expire", by=None, data={"pictures": len(names)})
    for name in names:
        transaction.on_commit(partial(private_storage.delete, name))
    return len(names)
