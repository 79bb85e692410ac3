"""The portal's own settings, with one more address that does nothing."""

from liaison_portal.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
