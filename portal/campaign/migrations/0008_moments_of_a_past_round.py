import django.utils.timezone
from django.db import migrations, models

MOMENTS = (("sealedlist", "sealed_at", "chốt lúc"), ("exclusion", "decided_at", "lúc"), ("draw", "drawn_at", "bốc lúc"))


class Migration(migrations.Migration):
    """The moments of sealing, exclusion and draw may be given. No column changes, so no table is made anew."""

    dependencies = [("campaign", "0006_question_rights")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name=model,
                    name=name,
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name=label),
                )
                for model, name, label in MOMENTS
            ]
        )
    ]
