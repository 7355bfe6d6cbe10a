
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_report_cutoff_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='siteprofile',
            name='smallest_count',
            field=models.PositiveSmallIntegerField(default=5, help_text='Ở trang Tiến độ công khai, ít hộ hơn số này thì không nêu riêng, để không ai đoán ra nhà nào. Quý đã chốt giữ nguyên số cũ.', validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(20)], verbose_name='số hộ ít nhất được nêu riêng'),
        ),
    ]
