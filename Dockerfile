# Builds the release program with the Swift runtime inside it, and puts it on a small Debian with the two libraries it links.
FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends libcurl4-openssl-dev libsqlite3-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
COPY Benchmarks Benchmarks
RUN swift build --configuration release --product belfry --static-swift-stdlib \
    && strip --output-file=/belfry .build/release/belfry

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libcurl4 libsqlite3-0 libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home belfry \
    && install --directory --owner=belfry /data
COPY --from=build /belfry /usr/bin/belfry
USER belfry
WORKDIR /data
VOLUME /data
ENTRYPOINT ["belfry"]
CMD ["run", "--config", "/etc/belfry/config.json"]
