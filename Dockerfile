# The packages, without those that only development needs. Their install scripts build nothing that we use.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# TypeScript comes along as a peer that a dependency could do without, a quarter of the weight.
RUN npm ci --omit=dev --ignore-scripts && rm -r node_modules/typescript node_modules/@typescript

# Node runs the TypeScript as it is: there is nothing to build. All files belong to root, the process does not.
FROM node:24-bookworm-slim
ENV NODE_ENV=production NODE_COMPILE_CACHE=/var/cache/ressort
# What is freed goes back to the system: glibc would keep it, in pieces between what is in use.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=65536 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
COPY workers ./workers
COPY config ./config
# /srv/ressort: a volume that is mounted there belongs to whom the folder belongs to
RUN install -d -o 1000 -g 1000 "$NODE_COMPILE_CACHE" /srv/ressort
USER 1000:1000
# Compiled once here, by the user for whom Node keeps it: a container starts sooner and takes less memory.
RUN node workers/ressort.ts --version && node --input-type=module --eval \
  'for (const name of ["commands/start", "commands/healthcheck", "desk", "web", "work", "packing-thread", "reading-thread"]) await import(`/app/workers/${name}.ts`)'
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s CMD ["node", "workers/ressort.ts", "healthcheck"]
CMD ["node", "workers/ressort.ts", "start"]
