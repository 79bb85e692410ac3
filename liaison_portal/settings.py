"""Settings of the portal; every variable is described in docs/settings.md.

One module serves the embedded mode (SQLite, a broker made of files) and production
(PostgreSQL, Redis): what differs is the environment. A wrong value stops the start.
"""

import os
import secrets
import shlex
from pathlib import Path
from urllib.parse import quote, urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODES = ("embedded", "production", "test")
MODE = env.str("PORTAL_MODE", default="embedded")
if MODE not in MODES:
    raise ImproperlyConfigured(f"PORTAL_MODE must be one of {', '.join(MODES)}, not {MODE!r}.")
PRODUCTION = MODE == "production"
DEMO = env.bool("PORTAL_DEMO", default=False)
if DEMO and PRODUCTION:
    raise ImproperlyConfigured("PORTAL_DEMO cannot be set in production.")

VAR_DIR = Path(env.str("PORTAL_VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def secret(name: str) -> str:
    """The value of `name`, or the content of the file that `name`_FILE names."""
    path = env.str(f"{name}_FILE", default="")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return env.str(name, default="")


def local_secret(name: str) -> str:
    """A secret of an embedded installation, made once and kept beside its database."""
    path = VAR_DIR / f"{name.lower()}.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


def required_secret(name: str) -> str:
    value = secret(name)
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"{name} or {name}_FILE is needed in production.")
    return local_secret(name)


DEBUG = False
SECRET_KEY = required_secret("SECRET_KEY")
FIELD_KEYS = [key for key in required_secret("FIELD_KEYS").split(",") if key]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
SITE_NAME = env.str("SITE_NAME", default="府院联动工作平台")
SUPPORT_CONTACT = env.str("SUPPORT_CONTACT", default="")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "rest_framework",
    "guardian",
    "axes",
    "csp",
    "django_htmx",
    "django_filters",
    "django_prose_editor",
    "foundations.audit",
    "foundations.access",
    "foundations.calendars",
    "foundations.ledgers",
    "foundations.notifications",
    "members",
    "mechanisms",
    "services.deadlines",
    "services.consents",
    "services.documents",
    "services.indicators",
    "cases",
    "suggestions",
    "returns",
    "workplans",
    "meetings",
    "bulletins",
    "problems",
    "assessments",
    "dashboards",
    "liaison_portal",
]
if DEMO or MODE == "test":
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "liaison_portal.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "foundations.audit.middleware.OriginMiddleware",
    "foundations.access.middleware.RuleBrokenMiddleware",
    "members.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "liaison_portal.urls"
WSGI_APPLICATION = "liaison_portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
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
                "liaison_portal.shell.shell",
            ],
            "builtins": ["foundations.access.templatetags.portal"],
            "string_if_invalid": "⟪missing %s⟫" if MODE == "test" else "",
        },
    }
]

# -- database ------------------------------------------------------------------------
SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
    "PRAGMA foreign_keys=ON;PRAGMA busy_timeout=20000"
)
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
}
if secret("DATABASE_PASSWORD"):
    DATABASES["default"]["PASSWORD"] = secret("DATABASE_PASSWORD")
ON_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if ON_SQLITE and PRODUCTION:
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database in production.")
if ON_SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": SQLITE_START,
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # The rules of who sees what make long statements over few rows: compiling one takes
    # longer than running it.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

# -- broker and cache ----------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
if secret("REDIS_PASSWORD"):
    REDIS_URL = REDIS_URL.replace("://", f"://:{quote(secret('REDIS_PASSWORD'))}@", 1)
BROKER_DIR = VAR_DIR / "broker"
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
if PRODUCTION and not REDIS_URL:
    raise ImproperlyConfigured("REDIS_URL is needed in production.")
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str | float]
CACHES: dict[str, dict]
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2}
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 5},
        }
    }
else:
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT = "liaison_portal.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "processed_folder": str(BROKER_DIR / "done"),
        "control_folder": str(BROKER_DIR / "control"),
        # The worker looks for more once for each pair of tasks: this bounds what it does in
        # a second, and how long a paper waits to be begun.
        "polling_interval": 0.1,
    }
    for folder in ("queue", "done", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR_DIR / "cache"),
        }
    }

# -- people --------------------------------------------------------------------------
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "members.backends.AccountBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
LOGIN_URL = "members:sign-in"
LOGIN_REDIRECT_URL = "dashboards:workbench"
LOGOUT_REDIRECT_URL = "members:sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": env.int("PASSWORD_MIN_LENGTH", default=8)},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "members.passwords.CharacterClassValidator"},
    {"NAME": "members.passwords.HistoryValidator"},
]
PASSWORD_MAX_AGE_DAYS = env.int("PASSWORD_MAX_AGE_DAYS", default=90)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
# The account is locked wherever the failures come from: offices share one address, and a
# guesser has many. Hence no ip_address among the parameters, and no warning about it.
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "members.views.locked_out"
PROXY_COUNT = env.int("PROXY_COUNT", default=0)
AXES_CLIENT_IP_CALLABLE = "foundations.audit.origin.caller_of"
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_MINUTES", default=30) * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# -- transport and content security ----------------------------------------------------
HTTPS = env.bool("HTTPS", default=PRODUCTION)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_PROXY", default=PRODUCTION):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
CSRF_FAILURE_VIEW = "liaison_portal.errors.csrf_failure"
AXES_HTTP_RESPONSE_CODE = 429

# -- language, time --------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# -- files -----------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "files")))
UPLOAD_MAX_MB = env.int("UPLOAD_MAX_MB", default=50)
UPLOAD_SCANNER = shlex.split(env.str("PORTAL_UPLOAD_SCANNER", default=""))
UPLOAD_SCANNER_SECONDS = env.int("PORTAL_UPLOAD_SCANNER_SECONDS", default=15)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
STORAGES = {
    "default": {"BACKEND": "foundations.access.storage.SealedFileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FONT_DIR = Path(env.str("FONT_DIR", default=str(VAR_DIR / "fonts")))
if (FONT_DIR / "fonts.conf").exists():
    os.environ.setdefault("FONTCONFIG_FILE", str(FONT_DIR / "fonts.conf"))

# -- mail ------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url_config(secret("EMAIL_URL") or "filemail:///")
if EMAIL_CONFIG["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
    EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
else:
    globals().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
EMAIL_TIMEOUT = 20

# -- office messenger ----------------------------------------------------------------------
MESSENGER_URL = env.str("PORTAL_MESSENGER_URL", default="")
MESSENGER_SECRET = secret("PORTAL_MESSENGER_SECRET")
MESSENGER_PLAIN = env.bool("PORTAL_MESSENGER_PLAIN", default=False)
if MESSENGER_URL:
    _address = urlsplit(MESSENGER_URL)
    if _address.scheme not in ("http", "https") or not _address.hostname or _address.username:
        raise ImproperlyConfigured("PORTAL_MESSENGER_URL must be an http(s) address, no password.")
    if len(MESSENGER_SECRET) < 32:
        raise ImproperlyConfigured("PORTAL_MESSENGER_SECRET must have at least 32 characters.")
    _near = _address.hostname in ("127.0.0.1", "::1", "localhost") or MESSENGER_PLAIN
    if PRODUCTION and _address.scheme != "https" and not _near:
        raise ImproperlyConfigured(
            "PORTAL_MESSENGER_URL must be https in production unless PORTAL_MESSENGER_PLAIN is on."
        )

# -- interfaces ------------------------------------------------------------------------
REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "foundations.access.rest.exception_handler",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Libraries that tell at INFO what they do with every font and page.
    "loggers": {name: {"level": "WARNING"} for name in ("fontTools", "pikepdf", "weasyprint")},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"
