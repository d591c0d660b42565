/** How docker-compose.yml and the Dockerfile start the web role. */
export const THRIFTY: readonly string[] = ["--max-semi-space-size=4", "--heap-growing-percent=25"];
export const THRIFTY_MALLOC = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_MMAP_THRESHOLD_: "65536",
  MALLOC_TRIM_THRESHOLD_: "131072",
} as const;
