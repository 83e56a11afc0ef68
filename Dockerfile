# Packs the jar that `mvn package` left in target/: split into layers, on a runtime with just the modules it needs.
ARG JDK=eclipse-temurin:25-jdk
ARG BASE=debian:bookworm-slim

FROM ${JDK} AS builder
WORKDIR /build
RUN jlink --add-modules java.se,jdk.incubator.vector,jdk.jcmd,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs \
        --no-header-files --no-man-pages --compress zip-6 --output /opt/java-runtime
COPY target/descent.jar .
RUN java -Djarmode=tools -jar descent.jar extract --layers --destination layers

FROM ${BASE}
RUN useradd --uid 10001 --user-group --home-dir /data --no-create-home --shell /usr/sbin/nologin descent \
    && install --directory --owner=descent --group=descent /data
COPY --from=builder /opt/java-runtime /opt/java
WORKDIR /opt/descent
COPY --from=builder /build/layers/dependencies/ ./
COPY --from=builder /build/layers/snapshot-dependencies/ ./
COPY --from=builder /build/layers/application/ ./

ENV PATH=/opt/java/bin:$PATH \
    SERVER_ADDRESS=0.0.0.0 \
    SERVER_PORT=8080 \
    DESCENT_DATA_DIRECTORY=/data
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$SERVER_PORT && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"UP\"' <&3"]
ENTRYPOINT ["java", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", \
    "-XX:MaxRAMPercentage=65", "-XX:+ExitOnOutOfMemoryError", "-jar", "descent.jar"]
