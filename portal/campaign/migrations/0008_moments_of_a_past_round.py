import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """The moments of sealing, exclusion and draw may be given; no column changes."""

    dependencies = [("campaign", "0006_question_rights")]

    operations = [
        migrations.AlterField(
            model_name=model,
            name=name,
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name=label),
        )
        for model, name, label in (
            ("sealedlist", "sealed_at", "chốt lúc"),
            ("exclusion", "decided_at", "lúc"),
            ("draw", "drawn_at", "bốc lúc"),
        )
    ]
