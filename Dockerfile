# Polyvisor in a container, with QEMU and libvirt beside it.
#   docker build -t polyvisor .
#   docker run -d --name polyvisor -p 127.0.0.1:8774:8774 -v polyvisor:/var/lib/polyvisor [--device /dev/kvm] polyvisor
#   docker exec polyvisor cat /var/lib/polyvisor/admin-password
# Guests live in the container: when it stops they lose power, and the service says so after its next start.
# docs/operating.md tells the rest.

FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
# What runs: without the sources, the command takes dist/.
RUN mkdir -p /opt/polyvisor/bin \
 && cp -r dist package.json package-lock.json LICENSE /opt/polyvisor/ \
 && cp bin/polyvisor /opt/polyvisor/bin/ \
 && cd /opt/polyvisor \
 && npm ci --omit=dev --no-audit --no-fund

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      qemu-system-x86 libvirt-daemon libvirt-daemon-driver-qemu libvirt0 tini \
 && rm -rf /var/lib/apt/lists/*
# As whom guests run; the service itself is root within the container.
RUN id libvirt-qemu >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin libvirt-qemu
COPY --from=build /opt/polyvisor /opt/polyvisor
RUN ln -s /opt/polyvisor/bin/polyvisor /usr/local/bin/polyvisor

# Plain HTTP inside; publish the port on loopback or put a TLS proxy in front, and set POLYVISOR_PUBLIC_URL to its address.
ENV POLYVISOR_DATA_DIR=/var/lib/polyvisor \
    POLYVISOR_LISTEN=0.0.0.0:8774 \
    POLYVISOR_PUBLIC_URL=http://127.0.0.1:8774 \
    POLYVISOR_ALLOW_PLAINTEXT=true \
    NODE_COMPILE_CACHE=/var/cache/polyvisor
EXPOSE 8774
VOLUME /var/lib/polyvisor
HEALTHCHECK --interval=30s --start-period=60s CMD ["/opt/polyvisor/node_modules/.bin/node", "-e", "fetch('http://127.0.0.1:8774/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# As the first process somebody must collect the ended processes of others.
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/polyvisor"]
CMD ["serve"]
