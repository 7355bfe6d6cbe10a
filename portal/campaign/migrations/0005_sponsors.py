import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0004_story_drafts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('saying', models.CharField(choices=[('trao', 'đã trao tận tay'), ('khong-den', 'chưa đến nhận'), ('dinh-chinh', 'ghi nhầm, rút lại')], max_length=10, verbose_name='việc')),
                ('receiver', models.CharField(blank=True, max_length=120, verbose_name='ai nhận')),
                ('checked_by', models.CharField(blank=True, choices=[('cuong', 'cuống phiếu hay giấy nhận: mã bài và số bí mật khớp'), ('nhan-mat', 'không còn cuống: tổ biết mặt gia đình')], max_length=8, verbose_name='nhận ra người nhận bằng')),
                ('note', models.CharField(blank=True, max_length=250, verbose_name='ghi chú, lý do')),
                ('receipt_name', models.CharField(blank=True, max_length=120, verbose_name='biên nhận trong kho riêng')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ghi lúc')),
            ],
            options={
                'verbose_name': 'việc trao giải',
                'verbose_name_plural': 'việc trao giải',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Spending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receipt_number', models.CharField(blank=True, max_length=40, verbose_name='số biên nhận')),
                ('receipt_name', models.CharField(blank=True, max_length=120, verbose_name='biên nhận trong kho riêng')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('cancelled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='gạch bỏ lúc')),
                ('cancel_reason', models.CharField(blank=True, editable=False, max_length=250, verbose_name='vì sao gạch bỏ')),
                ('what', models.CharField(max_length=200, verbose_name='chi việc gì')),
                ('value', models.PositiveIntegerField(verbose_name='số tiền (đồng)')),
                ('spent_on', models.DateField(verbose_name='chi ngày')),
            ],
            options={
                'verbose_name': 'khoản chi',
                'verbose_name_plural': 'khoản chi',
                'ordering': ['-spent_on', '-id'],
            },
        ),
        migrations.AddField(
            model_name='award',
            name='missed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ghi chưa đến nhận lúc'),
        ),
        migrations.AddField(
            model_name='sponsorship',
            name='cancel_reason',
            field=models.CharField(blank=True, editable=False, max_length=250, verbose_name='vì sao gạch bỏ'),
        ),
        migrations.AddField(
            model_name='sponsorship',
            name='cancelled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='gạch bỏ lúc'),
        ),
        migrations.AddField(
            model_name='sponsorship',
            name='cancelled_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người gạch bỏ'),
        ),
        migrations.AddField(
            model_name='sponsorship',
            name='receipt_name',
            field=models.CharField(blank=True, max_length=120, verbose_name='biên nhận trong kho riêng'),
        ),
        migrations.AddField(
            model_name='sponsorship',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='campaign.round', verbose_name='vòng'),
        ),
        migrations.AlterField(
            model_name='sponsorship',
            name='game',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='campaign.gamepage', verbose_name='minigame'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(('handed_at', None), ('missed_at', None), _connector='OR'), name='award_handed_or_missed', violation_error_message='Giải đã trao thì không ghi là chưa đến nhận.'),
        ),
        migrations.AddConstraint(
            model_name='sponsorship',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), _connector='OR'), name='sponsorship_cancelled_pair', violation_error_message='Gạch bỏ thì phải có người và giờ.'),
        ),
        migrations.AddField(
            model_name='handover',
            name='award',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='campaign.award', verbose_name='giải'),
        ),
        migrations.AddField(
            model_name='handover',
            name='said_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi'),
        ),
        migrations.AddField(
            model_name='spending',
            name='cancelled_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người gạch bỏ'),
        ),
        migrations.AddField(
            model_name='spending',
            name='game',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='campaign.gamepage', verbose_name='minigame'),
        ),
        migrations.AddField(
            model_name='spending',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi'),
        ),
        migrations.AddField(
            model_name='spending',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='campaign.round', verbose_name='vòng'),
        ),
        migrations.AddConstraint(
            model_name='spending',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), _connector='OR'), name='spending_cancelled_pair', violation_error_message='Gạch bỏ thì phải có người và giờ.'),
        ),
    ]
