"""A server that families use: refuses to start without what it needs."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings import env
from portal.settings.base import *
from portal.settings.base import BASE_URL, CONTENT_SECURITY_POLICY, METRICS_TOKEN, MIDDLEWARE, TASKS

DEBUG = False
SECRET_KEY = env.env_str("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters: make a new one, see .env.example")
ALLOWED_HOSTS = env.env_list("ALLOWED_HOSTS", [])
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS: write the site's own names, separated by commas")
if not env.env_str("DATABASE_URL").startswith("postgres"):
    raise ImproperlyConfigured("DATABASE_URL: production takes postgresql://user:password@host/name")
if not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("BASE_URL: production takes https://ten-mien")
if not env.env_bool("SECOND_FACTOR_REQUIRED", True):
    raise ImproperlyConfigured("SECOND_FACTOR_REQUIRED: in production officers and administrators sign in in two steps")

TASKS["default"] = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}

# nginx stands in front, and is the only one that reaches us: see deploy/.
MIDDLEWARE[:0] = [
    "portal.core.front_cache.VisitorAddressMiddleware",
    "portal.core.front_cache.FrontCacheMiddleware",
]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
# The site's own name and what lies below it. Off where other sites below that name still answer without https.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.env_bool("HSTS_SUBDOMAINS", True)
# The list that browsers ship with cannot be left for months: a commune that moves its site must not be on it. With
# HSTS_SUBDOMAINS=false the office has decided about the names below its own, and is not reminded.
SILENCED_SYSTEM_CHECKS = ["security.W021", *([] if SECURE_HSTS_INCLUDE_SUBDOMAINS else ["security.W005"])]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True

if METRICS_TOKEN and len(METRICS_TOKEN) < 32:
    raise ImproperlyConfigured("METRICS_TOKEN is shorter than 32 characters")
LINK_CHECK_EXTERNAL = env.env_bool("LINK_CHECK_EXTERNAL", True)

# One line of JSON for a request or an event, on standard error; what keeps and turns them over is the service manager.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.core.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "portal": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
