# syntax=docker/dockerfile:1

# Installs. The image brings Node, so the one from npm, an optional dependency, stays out.
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc node-version.mjs ./
COPY src/store/embedded/template.ts src/store/embedded/
RUN npm ci --omit=dev --omit=optional
# The template of the embedded database. Without it the first start would need more memory than small containers have.
RUN test -s "$(ls node_modules/.cache/hooktriage/pglite-*.tar.gz)"

FROM node:26-slim
LABEL org.opencontainers.image.title="Hooktriage" \
      org.opencontainers.image.description="A Slack bot that tells the people on call which webhooks are failing, why, and what to do next." \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY package.json node-version.mjs LICENSE ./
COPY src src
# All of the above belongs to root and is read only; the user that runs it can write below /data alone.
RUN install -d -o node -g node -m 700 /data
VOLUME /data
USER node
# Slack's requests in HTTP mode, and the health checks.
EXPOSE 3000 3001
STOPSIGNAL SIGTERM
# Whether the process is alive, not whether Slack and the database are: a restart mends neither.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "--eval", "const port = process.env.HEALTH_PORT || '3001'; if (port !== '0') fetch(`http://127.0.0.1:${port}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "./node-version.mjs", "src/main.ts"]
