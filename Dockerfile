# All images of Thetascope, a target each:
#   docker build --target gateway  -t thetascope/gateway:0.1.0 .           likewise trainer, analyzer, perturbation (CPU)
#   docker build --target trainer-cuda -t thetascope/trainer:0.1.0-cuda .  likewise analyzer-cuda
# Every image runs as 10001:10001 with a read-only root; it writes to /tmp and /var/lib/thetascope alone.
# Needs BuildKit. linux/amd64 only: libtorch and ONNX Runtime are.

ARG MAVEN_IMAGE=maven:3.9.16-eclipse-temurin-17-noble@sha256:1ed5d1f54416b706707b4f3238f63a20bb06aab27c6d240090a2bb9ad895ed45
ARG JRE_IMAGE=eclipse-temurin:17.0.19_10-jre-noble@sha256:543aebd60ff1deb9e906a8d4b117a7eda68a7f8e0d71041db2b5839d7fa057b8
# the wheel of libtorch 2.7.1 for CUDA 12.8 and the CUDA libraries it was built against, installed by those who made it
ARG TORCH_IMAGE=pytorch/pytorch:2.7.1-cuda12.8-cudnn9-runtime@sha256:c16f4c749e2d9e96878875cdf6cc45cddda1d1a36fddd371dd6f2360f1b6e2a2

FROM ${MAVEN_IMAGE} AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -q -Dmaven.test.skip=true -Dspotless.check.skip -Dcheckstyle.skip \
      -pl gateway,trainer-service,analyzer-service,perturbation-service -am package

FROM build AS torch-cpu
RUN deploy/images/unpack torch trainer-service/target/quarkus-app /opt/djl

FROM build AS torch-jni-cuda
RUN PYTORCH_VERSION=2.7.1 deploy/images/unpack torch-jni trainer-service/target/quarkus-app /opt/djl cu128

FROM build AS onnxruntime-cpu
RUN deploy/images/unpack onnxruntime \
      analyzer-service/target/quarkus-app/lib/main/com.microsoft.onnxruntime.onnxruntime-*.jar /opt/onnxruntime

# the same version as the classes, whose jar has it in its name
FROM build AS onnxruntime-cuda
RUN --mount=type=cache,target=/root/.m2 \
    jar="$(basename analyzer-service/target/quarkus-app/lib/main/com.microsoft.onnxruntime.onnxruntime-*.jar .jar)" \
    && mvn -B -ntp -q dependency:copy -pl analyzer-service \
      -Dartifact="com.microsoft.onnxruntime:onnxruntime_gpu:${jar##*-}" -DoutputDirectory=/opt/gpu \
    && deploy/images/unpack onnxruntime /opt/gpu/onnxruntime_gpu-*.jar /opt/onnxruntime

# site-packages keeps its shape: libtorch finds the CUDA libraries by paths relative to itself
FROM ${TORCH_IMAGE} AS cuda
RUN site="$(python -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')" \
    && mkdir -p /opt/cuda/torch \
    && cp -a "$site/torch/lib" /opt/cuda/torch/lib \
    && cp -a "$site/nvidia" /opt/cuda/nvidia \
    && if [ -d "$site/cusparselt" ]; then cp -a "$site/cusparselt" /opt/cuda/cusparselt; fi \
    && rm -f /opt/cuda/torch/lib/libtorch_python.so

FROM ${JRE_IMAGE} AS runtime
RUN install -d -o 10001 -g 10001 /var/lib/thetascope
COPY deploy/images/ready /opt/thetascope/ready
ENV HOME=/tmp LANG=C.UTF-8 MALLOC_ARENA_MAX=2
USER 10001:10001
WORKDIR /var/lib/thetascope
STOPSIGNAL SIGTERM
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Thetascope" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

FROM runtime AS gateway
COPY --from=build /src/gateway/target/quarkus-app /opt/thetascope/app
ENV QUARKUS_HTTP_PORT=8080 \
    THETASCOPE_CACHE_DIR=/var/lib/thetascope/cache \
    THETASCOPE_GATEWAY_DATABASE=/var/lib/thetascope/read-model
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-XX:+ErrorFileToStderr", "-XX:-UsePerfData", \
            "-jar", "/opt/thetascope/app/quarkus-run.jar"]

FROM runtime AS perturbation
COPY --from=build /src/perturbation-service/target/quarkus-app /opt/thetascope/app
ENV QUARKUS_HTTP_PORT=8083 \
    THETASCOPE_PERTURBATION_WORK_DIR=/var/lib/thetascope/perturbation
EXPOSE 8083
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:+ErrorFileToStderr", \
            "-XX:-UsePerfData", "-jar", "/opt/thetascope/app/quarkus-run.jar"]

# weights and images are native memory: the heap stays small whatever the container has, and images take up to a gibibyte
FROM runtime AS trainer-base
COPY --from=build /src/trainer-service/target/quarkus-app /opt/thetascope/app
ENV QUARKUS_HTTP_PORT=8082 \
    THETASCOPE_TRAINER_CACHE_DIR=/var/lib/thetascope/trainer \
    ENGINE_CACHE_DIR=/opt/djl \
    DJL_CACHE_DIR=/opt/djl \
    DJL_OFFLINE=true \
    OMP_WAIT_POLICY=PASSIVE
EXPOSE 8082
ENTRYPOINT ["java", "-Xmx512m", "-XX:MaxDirectMemorySize=1536m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", \
            "-XX:+ErrorFileToStderr", "-XX:-UsePerfData", \
            "-Djna.boot.library.path=/opt/djl", "-Djna.library.path=/opt/cuda/nvidia/cuda_runtime/lib", \
            "-jar", "/opt/thetascope/app/quarkus-run.jar"]

FROM trainer-base AS trainer
COPY --from=torch-cpu /opt/djl /opt/djl
ENV THETASCOPE_TRAINER_DEVICE=cpu

FROM trainer-base AS trainer-cuda
COPY --from=cuda /opt/cuda /opt/cuda
COPY --from=torch-jni-cuda /opt/djl /opt/djl
ENV THETASCOPE_TRAINER_DEVICE=cuda \
    PYTORCH_LIBRARY_PATH=/opt/cuda/torch/lib \
    PYTORCH_VERSION=2.7.1 \
    PYTORCH_FLAVOR=cu128 \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    NVIDIA_TF32_OVERRIDE=0 \
    CUBLAS_WORKSPACE_CONFIG=:4096:8

# the heap bounds what one measurement may read at once
FROM runtime AS analyzer-base
COPY --from=build /src/analyzer-service/target/quarkus-app /opt/thetascope/app
ENV QUARKUS_HTTP_PORT=8084 \
    THETASCOPE_ANALYZER_CACHE_DIR=/var/lib/thetascope/analyzer
EXPOSE 8084
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:+ErrorFileToStderr", \
            "-XX:-UsePerfData", "-Donnxruntime.native.path=/opt/onnxruntime", "-jar", "/opt/thetascope/app/quarkus-run.jar"]

FROM analyzer-base AS analyzer
COPY --from=onnxruntime-cpu /opt/onnxruntime /opt/onnxruntime
ENV THETASCOPE_ANALYZER_DEVICE=cpu

FROM analyzer-base AS analyzer-cuda
COPY --from=onnxruntime-cuda /opt/onnxruntime /opt/onnxruntime
COPY --from=cuda /opt/cuda/nvidia /opt/cuda/nvidia
ENV THETASCOPE_ANALYZER_DEVICE=cuda \
    LD_LIBRARY_PATH=/opt/cuda/nvidia/cublas/lib:/opt/cuda/nvidia/cuda_nvrtc/lib:/opt/cuda/nvidia/cuda_runtime/lib:/opt/cuda/nvidia/cudnn/lib:/opt/cuda/nvidia/cufft/lib:/opt/cuda/nvidia/curand/lib:/opt/cuda/nvidia/nvjitlink/lib \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    NVIDIA_TF32_OVERRIDE=0 \
    CUBLAS_WORKSPACE_CONFIG=:4096:8
