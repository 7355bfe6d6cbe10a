"""One machine, no set-up: what `make run` uses. SQLite unless DATABASE_URL says otherwise."""

from portal.settings import env
from portal.settings.base import *
from portal.settings.base import DATA_DIR
from portal.settings.secret import local_secret_key

DEBUG = env.env_bool("DEBUG", False)
SECRET_KEY = env.env_str("SECRET_KEY", "") or local_secret_key(DATA_DIR / "secret-key")
# Any name of this machine: a clerk opens it from a second computer in the office.
ALLOWED_HOSTS = env.env_list("ALLOWED_HOSTS", ["*"])
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# A first look on one's own machine needs no telephone. A server has no such choice.
SECOND_FACTOR_REQUIRED = env.env_bool("SECOND_FACTOR_REQUIRED", False)
