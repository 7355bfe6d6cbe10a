from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0006_question_rights'),
    ]

    operations = [
        migrations.AlterField(
            model_name='exclusion',
            name='reason',
            field=models.CharField(choices=[('khong-ro-ho', 'chưa khớp được với hộ nào trong sổ'), ('bai-khac', 'hộ có bài khác được tính theo thể lệ'), ('khong-nhan', 'bài không đúng thể lệ'), ('ban-to-chuc', 'người trong ban tổ chức'), ('khai-sai', 'thông tin không đúng'), ('qua-han', 'gửi sau giờ nhận'), ('giu-lai', 'gửi lúc quá đông, còn chờ xem')], max_length=14, verbose_name='vì sao'),
        ),
    ]
