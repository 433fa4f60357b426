import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const api = process.env["API_URL"] ?? "http://127.0.0.1:4000";

/** `vite --mode mock` answers /graphql from the world of the tests instead of a running API. */
export default defineConfig(async ({ mode }) => ({
  plugins: [react(), ...(mode === "mock" ? [(await import("./test/mock-api-plugin")).mockApi()] : [])],
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: mode === "mock" ? {} : { "/graphql": api, "/health": api, "^/invoices/.+\\.pdf$": api },
  },
  build: { outDir: "dist", target: "es2023", chunkSizeWarningLimit: 700 },
}));
