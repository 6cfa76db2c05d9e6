# The release program with the Swift runtime inside it; the files it needs, picked from a Debian; those files and nothing else.
# Where there is no container engine, scripts/container follows the stages after the first, and runs what comes of them.
FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libcurl4-openssl-dev libsqlite3-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
COPY Benchmarks Benchmarks
RUN swift build --configuration release --product belfry --static-swift-stdlib \
    && strip --output-file=/belfry .build/release/belfry

FROM debian:bookworm-slim AS files
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libcurl4 libsqlite3-0 libstdc++6 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /belfry /files/usr/bin/belfry
# The libraries that the loader names, the loader itself among them, where the loader looks for them. The program starts among
# these files and no others.
RUN ldd /files/usr/bin/belfry > /libraries \
    && ! grep 'not found' /libraries \
    && grep -o '/[^ ]*' /libraries | xargs cp --dereference --parents --target-directory=/files \
    && chroot /files /usr/bin/belfry --version
# The public certificate authorities, names for the user, and where host names are looked up. No time zones: times are UTC.
RUN install -D --mode=644 --target-directory=/files/etc/ssl/certs /etc/ssl/certs/ca-certificates.crt \
    && echo 'belfry:x:10001:10001::/data:/nonexistent' > /files/etc/passwd \
    && echo 'belfry:x:10001:' > /files/etc/group \
    && echo 'hosts: files dns' > /files/etc/nsswitch.conf \
    && mkdir --mode=750 /data

FROM scratch
LABEL org.opencontainers.image.title="Belfry" \
    org.opencontainers.image.description="Watches DingTalk group chats and rings your webhooks" \
    org.opencontainers.image.licenses="Apache-2.0"
COPY --from=files /files /
COPY --from=files --chown=10001:10001 /data /data
ENV BELFRY_CONFIG=/etc/belfry/config.json
# By number, so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /data
# The store. Nothing else is written: the root may be mounted read-only.
VOLUME /data
EXPOSE 8780
# What is in flight gets shutdownTimeout (20 s) to end: "docker stop --time 30".
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["/usr/bin/belfry", "health"]
ENTRYPOINT ["/usr/bin/belfry"]
CMD ["run"]
