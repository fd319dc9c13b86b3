import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The server that `npm run dev` talks to: `diopter serve` on its usual port. */
const server = process.env.DIOPTER_SERVER ?? "http://127.0.0.1:8188";

// Packages of this repository are taken from their sources, so that a build needs no other first.
const conditions = ["diopter-source", "module", "browser", "import", "default"];

export default defineConfig({
  base: "./",
  plugins: [react()],
  resolve: { conditions },
  build: {
    outDir: "page",
    emptyOutDir: true,
    target: "es2023",
    // Pictures stay files: the server's content policy allows no data: scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { "/api": { target: server, ws: true } } },
});
