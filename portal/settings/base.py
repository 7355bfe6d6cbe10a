"""Settings shared by every way of running the portal; only what differs stands in dev, test and production."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

from portal.settings import env, shared

BASE_DIR = Path(__file__).resolve().parents[2]
# Everything that the portal writes (database, uploads, secrets) lives in one folder that is easy to back up.
DATA_DIR = env.env_dir("DATA_DIR", BASE_DIR / "var")

INSTALLED_APPS = [
    "portal.core",
    "portal.households",
    "portal.stories",
    "portal.campaign",
    "portal.home",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.home.desk.apps.DeskUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Outermost: whatever answers, a stored page, a file or an error, carries them.
    "portal.core.middleware.HeadersMiddleware",
    "portal.core.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Above the store, whose answers are read as well.
    "portal.core.reads.ReadCountMiddleware",
    # Above the policy header, so that a stored page keeps the header it was made with.
    "portal.core.page_cache.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.core.door.DoorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.home.offline.KeepOfflineMiddleware",
    "portal.core.middleware.AdminPolicyMiddleware",
    "portal.core.middleware.SiteMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.home.chrome.chrome",
            ],
        },
    },
]

DATABASES = {"default": env.env_database("DATABASE_URL", DATA_DIR / "db.sqlite3")}
# A copy that runs behind, for readers of public pages: which of them, says portal.core.replica.
DATABASES |= shared.replica(env.env_database("DATABASE_REPLICA_URL"), DATABASES["default"])
DATABASE_ROUTERS = ["portal.core.replica.ReplicaRouter"] if "replica" in DATABASES else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Cards, menu and footer as HTML, named by generation; each process has its own, and none outlives a change.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
    # What all processes must agree on: the generation of the pages, signs of life.
    "shared": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "shared-cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    # Counts of wrong secrets, which no publication may set back to nought.
    "counts": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "counts",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Whole pages for anonymous readers, and nothing else: it is emptied whenever something public changes.
    "pages": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "page-cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}

# One Redis for all machines takes the place of these folders, and keeps sessions beside the database.
if redis_caches := shared.redis_caches(env.env_str("REDIS_URL", "")):
    CACHES |= redis_caches
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    SESSION_CACHE_ALIAS = "sessions"

# Work runs at once where there is no worker beside the web server; production takes the database queue.
TASKS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

AUTH_USER_MODEL = "core.User"
LOGIN_URL = "wagtailadmin_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "portal.core.access.passwords.NearAtHandValidator"},
]

# The staff's door. Roles that may not work without the second step of signing in, by the name of their group;
# superusers are always among them. Everybody else may switch it on.
SECOND_FACTOR_REQUIRED = True
SECOND_FACTOR_ROLES = ["Cán bộ sổ hộ", "Quản trị"]
OTP_TOTP_ISSUER = "Gia đình số xã Ba Tô"
# How often one may be wrong is counted in portal.core.access.tries, where nobody can lock a colleague out.
OTP_TOTP_THROTTLE_FACTOR = 0
OTP_STATIC_THROTTLE_FACTOR = 0
# A machine left alone for so long asks for the password again, and so does every machine after so many days.
STAFF_SESSION_IDLE_HOURS = env.env_int("STAFF_SESSION_IDLE_HOURS", 12, low=1, high=24 * 7)
STAFF_SESSION_DAYS = env.env_int("STAFF_SESSION_DAYS", 7, low=1, high=30)
SESSION_COOKIE_AGE = STAFF_SESSION_DAYS * 24 * 60 * 60

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = env.env_dir("STATIC_ROOT", DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Evidence and scans: never below an address, only through views that check who asks.
PRIVATE_ROOT = DATA_DIR / "private"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Two buckets for all machines take the place of the two folders.
STORAGES |= shared.bucket_storages(
    {
        "S3_ENDPOINT": env.env_str("S3_ENDPOINT", ""),
        "S3_BUCKET": env.env_str("S3_BUCKET", ""),
        "S3_PRIVATE_BUCKET": env.env_str("S3_PRIVATE_BUCKET", ""),
        "S3_ACCESS_KEY": env.env_str("S3_ACCESS_KEY", ""),
        "S3_SECRET_KEY": env.env_str("S3_SECRET_KEY", ""),
    },
    region=env.env_str("S3_REGION", "us-east-1"),
    media_url=MEDIA_URL,
)
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o640
# A long story with many blocks posts more fields than Django's default allows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# For browsers that do not know frame-ancestors; the editor's preview says SAMEORIGIN by itself.
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.home.door.send_again.form_of_an_old_page"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        # The editor looks at a page beside its form.
        "frame-ancestors": [SELF],
    }
}
# Wagtail's own screens have scripts and styles in the page, and attributes of style; the laxer policy ends with them.
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, UNSAFE_INLINE],
    "script-src-attr": [NONE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "frame-src": [SELF],
}
# What no page of ours asks a browser for; a foreign script that got in could not either.
PERMISSIONS_POLICY = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()"
)

# Where `manage.py serve` listens; other servers are told by their own configuration.
HOST = env.env_str("HOST", "127.0.0.1")
PORT = env.env_int("PORT", 8000, low=1, high=65535)
BASE_URL = env.env_url("BASE_URL", f"http://127.0.0.1:{PORT}")

# Nightly archives: where they lie, and the key that seals them, which never lies beside them.
BACKUP_DIR = env.env_dir("BACKUP_DIR", DATA_DIR / "sao-luu")
BACKUP_KEY = env.env_str("BACKUP_KEY", "")
# The folder of pg_dump, pg_restore and psql where they are not on PATH.
POSTGRES_BIN = env.env_str("POSTGRES_BIN", "")

# Entries of one round within a minute beyond which the rest are held for a look, unless the browser did a small sum.
MINIGAME_FLOOD_PER_MINUTE = env.env_int("MINIGAME_FLOOD_PER_MINUTE", 600, low=1, high=100_000)

# Figures for a monitoring system, and the word with which it may ask from another machine; “” for this one alone.
#: Whether opened pages are counted: docs/adr/0026.
COUNT_READS = True
FIGURES_DIR = env.share_figures(env.env_dir("FIGURES_DIR", DATA_DIR / "figures"))
METRICS_TOKEN = env.env_str("METRICS_TOKEN", "")
# Whether the nightly check of links also asks other sites, one page after another.
LINK_CHECK_EXTERNAL = False

WAGTAIL_SITE_NAME = "Gia đình số xã Ba Tô"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# A small office has no mail server: who forgets a password goes to the administrator, as the sign-in page says.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_USER_LOGIN_FORM = "portal.home.door.forms.SignInForm"
# These three would call servers outside from the staff's browsers.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.core.search", "SEARCH_CONFIG": "simple"}}
WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.core.upload_forms.PortalImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "heic", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_AVIF_QUALITY = 55
WAGTAILIMAGES_WEBP_QUALITY = 72
WAGTAILIMAGES_JPEG_QUALITY = 76
WAGTAILDOCS_DOCUMENT_MODEL = "core.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.core.upload_forms.PortalDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "txt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
