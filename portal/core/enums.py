"""Vocabulary shared by all rooms of the house."""

from django.db import models


class Need(models.TextChoices):
    """What a family wants to get done (nhu cầu): the way guides and articles are found, rather than by app name."""

    PAPERS = "giay-to", "Làm giấy tờ"
    PAYMENT = "tra-tien", "Trả tiền, nhận tiền"
    HEALTH = "kham-benh", "Khám bệnh"
    SCHOOL = "viec-hoc", "Việc học của con"
    CALLS = "goi-nhan", "Gọi, nhắn, họp"
    SAFETY = "giu-may", "Giữ máy, giữ con"


class Language(models.TextChoices):
    """Languages of recordings, by ISO 639 code."""

    VIETNAMESE = "vi", "Tiếng Việt"
    HRE = "hre", "Tiếng Hrê"
