import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

const gateway = loadEnv('', '.', 'GATEWAY').GATEWAY ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the page's policy allows no data: scripts or styles
    modulePreload: { polyfill: false }, // an inline-free page; every browser we support preloads modules itself
  },
  server: {
    proxy: {
      '/api': gateway,
      '/ws': { target: gateway.replace('http', 'ws'), ws: true },
    },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
});
