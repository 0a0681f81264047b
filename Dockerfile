# The add-on's image, for amd64 and aarch64. The Supervisor builds it in this folder; DOCS.md tells how to run it without.
ARG BUILD_FROM=debian:trixie-slim

FROM ${BUILD_FROM} AS build
# hadolint ignore=DL3008
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        ca-certificates-java maven openjdk-25-jdk-headless unzip zip \
    && ln -s /usr/lib/jvm/java-25-openjdk-* /opt/jdk
ENV JAVA_HOME=/opt/jdk PATH=/opt/jdk/bin:$PATH LANG=C.UTF-8

WORKDIR /build
COPY pom.xml LICENSE ./
COPY src/main/ src/main/
RUN mvn -B -q -Dmaven.test.skip -Dspotless.check.skip package

# Debian's JDK only points to its certificate authorities, and has 750 MB of symbols for debuggers.
RUN jlink --add-modules java.logging,java.sql,jdk.httpserver \
        --output /opt/lightnvr-mqtt/jre --compress zip-0 \
        --strip-java-debug-attributes --no-header-files --no-man-pages --exclude-files '**.debuginfo' \
    && cp --remove-destination /etc/ssl/certs/java/cacerts /opt/lightnvr-mqtt/jre/lib/security/cacerts

# SQLite's library lies beside the jar, so that it need not be unpacked at each start.
RUN cp target/lightnvr-mqtt.jar /opt/lightnvr-mqtt/ \
    && unzip -q -j target/lightnvr-mqtt.jar "org/sqlite/native/Linux/$(uname -m)/*" -d /opt/lightnvr-mqtt \
    && zip -q -d /opt/lightnvr-mqtt/lightnvr-mqtt.jar 'org/sqlite/native/*'

# What docs/licences.md names. The runtime's own are in jre/legal, Debian's in /usr/share/doc.
RUN unzip -q -j target/lightnvr-mqtt.jar 'META-INF/licences/*' 'META-INF/*LICENSE' META-INF/NOTICE about.html \
        -d /opt/lightnvr-mqtt/licences

COPY addon/rootfs/ /
COPY addon/train /usr/local/bin/
RUN train target

# What the program needs of Debian: the libraries that the runtime is linked to, and a shell with its tools. The image has no
# package manager; status.d tells scanners which packages are in it.
FROM ${BUILD_FROM} AS debian
WORKDIR /packages
RUN apt-get update -q \
    && apt-get download -q base-files busybox gcc-14-base libc-bin libc6 libgcc-s1 libstdc++6 tzdata zlib1g \
    && mkdir -p /image/var/lib/dpkg/status.d \
    && for package in *.deb; do \
        dpkg-deb --extract "$package" /image \
        && dpkg-deb --field "$package" > "/image/var/lib/dpkg/status.d/${package%%_*}" || exit; \
    done \
    && rm -r /image/usr/lib/*-linux-gnu/gconv /image/usr/share/man /image/usr/share/lintian
# What the packages' own scripts would do.
WORKDIR /image
RUN for applet in $(chroot . busybox --list); do \
        [ -e "usr/bin/$applet" ] || ln -s busybox "usr/bin/$applet"; \
    done \
    && echo 'root:x:0:0:root:/root:/bin/sh' > etc/passwd \
    && cp usr/share/libc-bin/nsswitch.conf etc/

FROM scratch
COPY --from=debian /image/ /
COPY --from=build /opt/lightnvr-mqtt/ /opt/lightnvr-mqtt/
COPY addon/rootfs/ /
ENV LANG=C.UTF-8 LIGHTNVR_MQTT_DATA=/data LIGHTNVR_MQTT_HEARTBEAT=/tmp/lightnvr-mqtt.alive \
    LIGHTNVR_MQTT_INGRESS_PORT=8099
WORKDIR /data
ENTRYPOINT ["lightnvr-mqtt"]
CMD ["run"]
# Both loops of the bridge have worked within the last minute; broker and recorder may be away meanwhile.
# hadolint ignore=DL3025
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD find "$LIGHTNVR_MQTT_HEARTBEAT" -mmin -1 | grep -q .
ARG BUILD_VERSION=dev
ARG BUILD_ARCH
LABEL org.opencontainers.image.title="LightNVR MQTT" \
    org.opencontainers.image.description="Brings what LightNVR's cameras detect to Home Assistant and MQTT" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.url="https://github.com/opensensor/lightnvr-mqtt" \
    org.opencontainers.image.source="https://github.com/opensensor/lightnvr-mqtt" \
    org.opencontainers.image.version="${BUILD_VERSION}" \
    io.hass.type="app" \
    io.hass.arch="${BUILD_ARCH}" \
    io.hass.version="${BUILD_VERSION}"
