import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '__first__'),
        ('households', '0004_search_by_trigram'),
        ('wagtailcore', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='MeasureSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='tên')),
                ('legal_basis', models.TextField(blank=True, verbose_name='căn cứ')),
                ('valid_from', models.DateField(verbose_name='dùng từ ngày')),
                ('pilot_from', models.DateField(blank=True, null=True, verbose_name='thí điểm từ ngày')),
                ('pilot_to', models.DateField(blank=True, null=True, verbose_name='thí điểm đến hết ngày')),
            ],
            options={
                'verbose_name': 'bộ định nghĩa số liệu',
                'verbose_name_plural': 'bộ định nghĩa số liệu',
                'ordering': ['-valid_from', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ProgressCourse',
            fields=[
                ('household', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='course', serialize=False, to='households.household', verbose_name='hộ')),
                ('steps', models.JSONField(default=list, verbose_name='các bước')),
            ],
            options={
                'verbose_name': 'diễn biến của hộ',
                'verbose_name_plural': 'diễn biến của hộ',
            },
        ),
        migrations.CreateModel(
            name='RegisterRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_visit_days', models.PositiveSmallIntegerField(default=30, help_text='Kể từ ngày vào sổ; in trên giấy nhận của gia đình. Ủy ban nhân dân xã quyết định.', validators=[django.core.validators.MinValueValidator(1, 'Ít nhất là 1 ngày.'), django.core.validators.MaxValueValidator(365, 'Nhiều nhất là 365 ngày.')], verbose_name='thăm lần đầu trong (ngày)')),
                ('visit_again_days', models.PositiveSmallIntegerField(default=180, help_text='Kể từ lần thăm trước; việc hiện ở bàn của tổ. Ủy ban nhân dân xã quyết định.', validators=[django.core.validators.MinValueValidator(1, 'Ít nhất là 1 ngày.'), django.core.validators.MaxValueValidator(3660, 'Nhiều nhất là 3660 ngày.')], verbose_name='thăm lại sau (ngày)')),
                ('help_days', models.PositiveSmallIntegerField(default=7, help_text='Kể từ lúc gia đình nhờ; hiện cho gia đình. Ủy ban nhân dân xã quyết định.', validators=[django.core.validators.MinValueValidator(1, 'Ít nhất là 1 ngày.'), django.core.validators.MaxValueValidator(365, 'Nhiều nhất là 365 ngày.')], verbose_name='đến giúp trong (ngày)')),
                ('posting_days', models.PositiveSmallIntegerField(default=10, help_text='Thôn niêm yết đủ số ngày này mới gửi xã được. Nghị định 86/2023/NĐ-CP lấy 10 ngày. Ủy ban nhân dân xã quyết định.', validators=[django.core.validators.MinValueValidator(1, 'Ít nhất là 1 ngày.'), django.core.validators.MaxValueValidator(60, 'Nhiều nhất là 60 ngày.')], verbose_name='niêm yết danh sách (ngày)')),
                ('objection_days', models.PositiveSmallIntegerField(default=5, help_text='Kể từ ngày nhận ý kiến; ghi trên danh sách dán. Ủy ban nhân dân xã quyết định.', validators=[django.core.validators.MinValueValidator(1, 'Ít nhất là 1 ngày.'), django.core.validators.MaxValueValidator(60, 'Nhiều nhất là 60 ngày.')], verbose_name='trả lời ý kiến hỏi lại trong (ngày)')),
                ('merge_undo_days', models.PositiveSmallIntegerField(default=365, help_text='Quá số ngày này thì không gỡ nữa. Ủy ban nhân dân xã quyết định.', validators=[django.core.validators.MinValueValidator(1, 'Ít nhất là 1 ngày.'), django.core.validators.MaxValueValidator(3660, 'Nhiều nhất là 3660 ngày.')], verbose_name='gỡ được hộ gộp nhầm trong (ngày)')),
                ('evidence_keep_days', models.PositiveSmallIntegerField(default=730, help_text='Kể từ ngày thăm; quá hạn thì mỗi đêm tự xóa, kết quả thăm vẫn giữ. Ủy ban nhân dân xã quyết định.', validators=[django.core.validators.MinValueValidator(30, 'Ít nhất là 30 ngày.'), django.core.validators.MaxValueValidator(3660, 'Nhiều nhất là 3660 ngày.')], verbose_name='giữ ảnh làm chứng (ngày)')),
                ('acknowledge_days', models.PositiveSmallIntegerField(default=2, help_text='Trừ thứ Bảy, Chủ nhật và ngày nghỉ lễ. Nghị định 356/2025/NĐ-CP quy định; chỉ đổi khi luật đổi.', validators=[django.core.validators.MinValueValidator(1, 'Ít nhất là 1 ngày.'), django.core.validators.MaxValueValidator(30, 'Nhiều nhất là 30 ngày.')], verbose_name='báo đã nhận yêu cầu về dữ liệu trong (ngày làm việc)')),
                ('see_days', models.PositiveSmallIntegerField(default=10, help_text='Nghị định 356/2025/NĐ-CP quy định; chỉ đổi khi luật đổi.', validators=[django.core.validators.MinValueValidator(1, 'Ít nhất là 1 ngày.'), django.core.validators.MaxValueValidator(90, 'Nhiều nhất là 90 ngày.')], verbose_name='cho xem, sửa dữ liệu trong (ngày)')),
                ('withdraw_days', models.PositiveSmallIntegerField(default=15, help_text='Nghị định 356/2025/NĐ-CP quy định; chỉ đổi khi luật đổi.', validators=[django.core.validators.MinValueValidator(1, 'Ít nhất là 1 ngày.'), django.core.validators.MaxValueValidator(90, 'Nhiều nhất là 90 ngày.')], verbose_name='thôi dùng, hạn chế dùng trong (ngày)')),
                ('erase_days', models.PositiveSmallIntegerField(default=20, help_text='Nghị định 356/2025/NĐ-CP quy định; chỉ đổi khi luật đổi.', validators=[django.core.validators.MinValueValidator(1, 'Ít nhất là 1 ngày.'), django.core.validators.MaxValueValidator(90, 'Nhiều nhất là 90 ngày.')], verbose_name='xóa dữ liệu trong (ngày)')),
            ],
            options={
                'verbose_name': 'quy tắc của sổ hộ',
                'verbose_name_plural': 'quy tắc của sổ hộ',
            },
        ),
        migrations.RemoveField(
            model_name='proposal',
            name='scan',
        ),
        migrations.AddField(
            model_name='certificate',
            name='family_print_count',
            field=models.PositiveIntegerField(default=0, verbose_name='trong đó gia đình tự in'),
        ),
        migrations.AddField(
            model_name='household',
            name='open_count',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='số tiêu chí chưa xem rõ'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='trial',
            field=models.UUIDField(editable=False, null=True, unique=True, verbose_name='lần đọc thử'),
        ),
        migrations.AlterField(
            model_name='registration',
            name='received_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='nhận lúc'),
        ),
        migrations.AlterField(
            model_name='sensitivechange',
            name='kind',
            field=models.CharField(choices=[('gop', 'gộp hai hộ'), ('thu-hoi', 'thu hồi giấy'), ('tieu-chi', 'đưa bộ tiêu chí vào áp dụng'), ('danh-hieu', 'đổi điều kiện danh hiệu')], max_length=10, verbose_name='việc'),
        ),
        migrations.CreateModel(
            name='ActivityReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(unique=True, verbose_name='mã phiếu')),
                ('held_on', models.DateField(verbose_name='làm ngày')),
                ('kind', models.CharField(choices=[('tap-huan', 'tập huấn kỹ năng số'), ('ngay-hoi', 'Ngày công nghệ số cộng đồng'), ('tuyen-truyen', 'tuyên truyền'), ('den-nha', 'đến từng nhà cầm tay chỉ việc'), ('khac', 'hoạt động khác')], max_length=12, verbose_name='loại')),
                ('topic', models.CharField(max_length=200, verbose_name='nội dung')),
                ('place', models.CharField(max_length=160, verbose_name='ở đâu')),
                ('people_count', models.PositiveIntegerField(verbose_name='số người dự')),
                ('men_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='nam')),
                ('women_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='nữ')),
                ('elder_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='từ 60 tuổi')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='ghi chú')),
                ('is_void', models.BooleanField(default=False, verbose_name='ghi nhầm, không có hoạt động này')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='households.activityreport', verbose_name='sửa cho phiếu')),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='bài báo trước')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='households.village', verbose_name='thôn')),
            ],
            options={
                'verbose_name': 'hoạt động của thôn',
                'verbose_name_plural': 'hoạt động của thôn',
                'ordering': ['-held_on', '-id'],
                'indexes': [models.Index(fields=['village', 'held_on'], name='activityreport_by_village')],
                'constraints': [models.CheckConstraint(condition=models.Q(('men_count', None), ('women_count', None), ('people_count', django.db.models.expressions.CombinedExpression(models.F('men_count'), '+', models.F('women_count'))), _connector='OR'), name='activityreport_men_and_women_are_all', violation_error_message='Số nam cộng số nữ phải bằng số người dự.'), models.CheckConstraint(condition=models.Q(('elder_count', None), ('elder_count__lte', models.F('people_count')), _connector='OR'), name='activityreport_elders_among_all', violation_error_message='Số người từ 60 tuổi không nhiều hơn số người dự.')],
            },
        ),
        migrations.CreateModel(
            name='ActivityPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='tên trong kho riêng')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='nhận lúc')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='households.activityreport', verbose_name='hoạt động')),
            ],
            options={
                'verbose_name': 'ảnh hoạt động',
                'verbose_name_plural': 'ảnh hoạt động',
            },
        ),
        migrations.CreateModel(
            name='CapableStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_on', models.DateField(verbose_name='ngày')),
                ('who', models.CharField(choices=[('chua-ro', 'chưa rõ'), ('chua-co', 'chưa có ai'), ('chu-ho', 'chủ hộ'), ('vo-chong', 'vợ hoặc chồng'), ('con-lon', 'con đã lớn'), ('nguoi-tre', 'người trẻ trong nhà'), ('khac', 'người khác trong nhà')], max_length=12, verbose_name='ai dùng được dịch vụ số')),
                ('basis', models.CharField(blank=True, choices=[('thay', 'thấy tận nơi'), ('ke', 'gia đình kể'), ('giay', 'giấy tờ')], max_length=6, verbose_name='căn cứ')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='capable_statements', to='households.household', verbose_name='hộ')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('visit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.visit', verbose_name='lượt thăm')),
            ],
            options={
                'verbose_name': 'lời ghi về người dùng được dịch vụ số',
                'verbose_name_plural': 'lời ghi về người dùng được dịch vụ số',
                'ordering': ['said_on', 'id'],
                'indexes': [models.Index(fields=['household', 'said_on'], name='capablestatement_by_household')],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='tên')),
                ('first_day', models.DateField(help_text='Nghỉ nhiều ngày thì đây là ngày đầu.', verbose_name='ngày nghỉ')),
                ('last_day', models.DateField(blank=True, help_text='Để trống nếu nghỉ một ngày. Tết, Giỗ Tổ và ngày nghỉ bù: mỗi năm thêm một dòng theo thông báo.', null=True, verbose_name='đến hết ngày')),
                ('is_yearly', models.BooleanField(default=False, verbose_name='năm nào cũng nghỉ ngày này')),
            ],
            options={
                'verbose_name': 'ngày nghỉ lễ',
                'verbose_name_plural': 'ngày nghỉ lễ',
                'ordering': ['-is_yearly', 'first_day'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day', None), ('last_day__gte', models.F('first_day')), _connector='OR'), name='holiday_days_in_order', violation_error_message='Ngày cuối không được trước ngày đầu.'), models.CheckConstraint(condition=models.Q(('is_yearly', False), ('last_day', None), _connector='OR'), name='holiday_yearly_is_one_day', violation_error_message='Ngày lặp lại hằng năm thì ghi từng ngày một, để trống ô “đến hết ngày”.')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('key', models.SlugField(help_text='Không đổi qua các bộ.', max_length=20, verbose_name='ký hiệu')),
                ('name', models.CharField(max_length=80, verbose_name='tên')),
                ('sentence', models.CharField(max_length=250, verbose_name='nói trong một câu')),
                ('numerator', models.CharField(max_length=400, verbose_name='tử số')),
                ('denominator', models.CharField(max_length=400, verbose_name='mẫu số')),
                ('exclusions', models.CharField(blank=True, max_length=400, verbose_name='không tính')),
                ('kind', models.CharField(choices=[('hoat-dong', 'thôn có hoạt động'), ('nguoi-biet', 'hộ có người dùng được dịch vụ số'), ('ket-qua', 'hộ đạt những mục nêu tên'), ('dang-ky', 'hộ đã gửi phiếu đăng ký'), ('danh-gia', 'hộ đã được thăm'), ('du-dieu-kien', 'hộ đủ điều kiện theo bộ tiêu chí của ngày đó'), ('cong-nhan', 'hộ được công nhận danh hiệu'), ('trong-so', 'hộ trong sổ'), ('lan-tham', 'lần thăm gần nhất')], max_length=14, verbose_name='đếm gì')),
                ('groups', models.JSONField(blank=True, default=list, verbose_name='các mục kết quả')),
                ('title', models.CharField(blank=True, choices=[('gia-dinh-so', 'Gia đình số'), ('tieu-bieu', 'Hộ gia đình số tiêu biểu'), ('kieu-mau', 'Gia đình số kiểu mẫu')], max_length=12, verbose_name='danh hiệu')),
                ('reading', models.CharField(blank=True, choices=[('tung-viec', 'đọc từng việc'), ('ca-bon-viec', 'đọc gộp cả bốn việc')], max_length=12, verbose_name='cách đọc mục tiêu')),
                ('counts_from', models.DateField(blank=True, null=True, verbose_name='tính từ ngày')),
                ('target_percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='mục tiêu (%)')),
                ('is_strictly_above', models.BooleanField(default=False, verbose_name='phải trên mức đó')),
                ('target_on', models.DateField(blank=True, null=True, verbose_name='hạn mục tiêu')),
                ('legal_basis', models.CharField(blank=True, max_length=400, verbose_name='căn cứ')),
                ('measure_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='households.measureset', verbose_name='bộ định nghĩa')),
            ],
            options={
                'verbose_name': 'số đo',
                'verbose_name_plural': 'số đo',
                'ordering': ['measure_set', 'position'],
                'constraints': [models.UniqueConstraint(fields=('measure_set', 'key'), name='measure_key_once_per_set'), models.CheckConstraint(condition=models.Q(('target_percent__isnull', False), models.Q(('is_strictly_above', False), ('target_on', None)), _connector='OR'), name='measure_due_day_needs_target', violation_error_message='Chưa có mục tiêu thì không có hạn.')],
            },
        ),
        migrations.CreateModel(
            name='MinutesScan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='tên trong kho riêng')),
                ('digest', models.CharField(max_length=64, verbose_name='dấu của tệp')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='thêm lúc')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người thêm')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minutes_scans', to='households.proposal', verbose_name='danh sách')),
            ],
            options={
                'verbose_name': 'bản chụp biên bản',
                'verbose_name_plural': 'bản chụp biên bản',
                'ordering': ['added_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'digest'), name='minutesscan_once_per_list')],
            },
        ),
        migrations.CreateModel(
            name='ProgressCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='ngày')),
                ('counted', models.CharField(max_length=120, verbose_name='đếm gì')),
                ('heap', models.CharField(max_length=16, verbose_name='nhóm')),
                ('change', models.IntegerField(verbose_name='thêm bớt')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.village', verbose_name='thôn')),
            ],
            options={
                'verbose_name': 'số đếm tiến độ',
                'verbose_name_plural': 'số đếm tiến độ',
                'constraints': [models.UniqueConstraint(fields=('village', 'day', 'counted', 'heap'), name='progresscount_once')],
            },
        ),
        migrations.CreateModel(
            name='TitleRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(choices=[('gia-dinh-so', 'Gia đình số'), ('tieu-bieu', 'Hộ gia đình số tiêu biểu'), ('kieu-mau', 'Gia đình số kiểu mẫu')], max_length=12, verbose_name='danh hiệu')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='năm')),
                ('needs_pass', models.BooleanField(default=True, verbose_name='đủ điều kiện theo bộ tiêu chí')),
                ('years_held', models.PositiveSmallIntegerField(default=0, help_text='Tính đến năm xét hoặc năm ngay trước. Ghi 0 nếu không cần.', verbose_name='được công nhận “Gia đình số” mấy năm liền')),
                ('most_per_village', models.PositiveSmallIntegerField(blank=True, help_text='Để trống nếu không giới hạn.', null=True, verbose_name='mỗi thôn nhiều nhất mấy hộ')),
                ('words', models.TextField(blank=True, max_length=1000, verbose_name='điều kiện khác, nguyên văn')),
                ('legal_basis', models.CharField(blank=True, max_length=250, verbose_name='căn cứ')),
            ],
            options={
                'verbose_name': 'điều kiện danh hiệu',
                'verbose_name_plural': 'điều kiện danh hiệu',
                'ordering': ['title', '-year'],
                'constraints': [models.UniqueConstraint(fields=('title', 'year'), name='titlerule_once_per_year'), models.UniqueConstraint(condition=models.Q(('year', None)), fields=('title',), name='titlerule_one_for_all_years')],
            },
        ),
    ]
