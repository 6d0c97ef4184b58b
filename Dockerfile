# Scoperoom's pages, streams, worker and scheduler: one image, one command each (docker-compose.yml).
FROM python:3.12-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock /
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r /requirements.lock

FROM python:3.12-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin scoperoom \
 && install -d -o scoperoom -g scoperoom -m 0700 /var/lib/scoperoom
COPY --from=packages /venv /venv
WORKDIR /app
COPY manage.py ./
COPY deploy/entrypoint.sh /entrypoint.sh
COPY config config
COPY apps apps
COPY templates templates
COPY static static
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    SCOPEROOM_VAR=/var/lib/scoperoom STATIC_ROOT=/app/collected
RUN python -m compileall -q config apps && python manage.py collectstatic --noinput
USER scoperoom
VOLUME /var/lib/scoperoom
ENTRYPOINT ["/bin/sh", "/entrypoint.sh"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "config.wsgi:application"]
