# Untested where it was written. Builds Diopter with its editor and serves it on port 8188.
FROM node:22-bookworm-slim AS build
WORKDIR /diopter
COPY . .
RUN npm ci && npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /diopter
COPY --from=build /diopter/node_modules node_modules
COPY --from=build /diopter/packages packages
COPY --from=build /diopter/workflows workflows
COPY --from=build /diopter/examples examples
COPY --from=build /diopter/models models
COPY --from=build /diopter/package.json package.json
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8188
HEALTHCHECK --interval=30s CMD ["node", "-e", "fetch('http://127.0.0.1:8188/api/v1/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The server stops in good order on SIGTERM.
CMD ["node", "packages/cli/bin/diopter.js", "serve", "--host", "0.0.0.0", "--data", "/data"]
