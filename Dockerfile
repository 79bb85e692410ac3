# One image for web, worker and beat; docker-compose.yml says which command each runs.
FROM python:3.11-slim-bookworm AS base
COPY setup/packages-runtime.txt /tmp/
RUN apt-get update \
 && grep -v '^#' /tmp/packages-runtime.txt | xargs apt-get install --yes --no-install-recommends \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app

FROM base AS build
COPY requirements.txt ./
RUN python -m venv .venv \
 && .venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
COPY setup ./setup
COPY assets ./assets
RUN setup/assets.sh
RUN apt-get update && python setup/fonts.py fonts && rm -rf /var/lib/apt/lists/*
COPY . .
RUN for po in locale/*/LC_MESSAGES/django.po; do msgfmt --check-format -o "${po%.po}.mo" "$po"; done
RUN PORTAL_VAR_DIR=/tmp/build STATIC_ROOT=/app/collected \
    .venv/bin/python manage.py collectstatic --noinput \
    --ignore rest_framework --ignore guardian && rm -rf /tmp/build

FROM base
RUN useradd --system --uid 10001 --home-dir /var/lib/portal --create-home portal
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PORTAL_MODE=production \
    PORTAL_VAR_DIR=/var/lib/portal \
    STATIC_ROOT=/app/collected \
    FONT_DIR=/app/fonts \
    WEB_BIND=0.0.0.0:8000
USER portal
VOLUME /var/lib/portal
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "liaison_portal.wsgi"]
