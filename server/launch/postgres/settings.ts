const common = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] %q%u@%d ",
  max_connections: "100",
  jit: "off",
  // Short queries on two cores: workers would cost more than they bring, and containers have a small /dev/shm.
  max_parallel_workers_per_gather: "0",
  random_page_cost: "1.1",
};

/** What was acknowledged survives a power cut: fsync and synchronous_commit stay on. Sized for two cores. */
export const durableSettings = {
  ...common,
  fsync: "on",
  synchronous_commit: "on",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "8MB",
  maintenance_work_mem: "128MB",
  wal_compression: "on",
  wal_buffers: "16MB",
  // Few checkpoints, spread out; the ceiling keeps recovery after a crash within seconds.
  max_wal_size: "2GB",
  min_wal_size: "256MB",
  checkpoint_timeout: "5min",
  checkpoint_completion_target: "0.9",
};

/** For tests: nothing in them has to survive anything. */
export const quickSettings = {
  ...common,
  max_connections: "200",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "128MB",
  autovacuum: "off",
};
