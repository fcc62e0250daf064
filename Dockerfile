FROM python:3.13-slim

WORKDIR /rapporteur
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && useradd --system --home /data rapporteur \
    && install -d -o rapporteur /data
USER rapporteur
VOLUME /data
CMD ["rapporteur", "serve"]
