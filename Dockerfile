FROM python:3.13-slim

WORKDIR /rapporteur
# requirements-llm.txt where a language model is to read
ARG REQUIREMENTS=requirements.txt
COPY requirements.txt requirements-llm.txt ./
RUN pip install --no-cache-dir --require-hashes -r "$REQUIREMENTS"
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && useradd --system --home /data rapporteur \
    && install -d -o rapporteur /data
USER rapporteur
VOLUME /data
CMD ["rapporteur", "serve"]
