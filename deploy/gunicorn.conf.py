"""Gunicorn's settings; WEB_BIND, WEB_WORKERS and WEB_THREADS are in docs/settings.md."""

import os

port = os.environ.get("PORT", "8000")
bind = os.environ.get("WEB_BIND") or f"127.0.0.1:{port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
max_requests = 2000
max_requests_jitter = 200
control_socket_disable = True
accesslog = os.environ.get("WEB_ACCESS_LOG") or None
