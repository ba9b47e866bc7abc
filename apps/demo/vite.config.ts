import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type UserConfig } from 'vite';

const config: UserConfig = defineConfig({
  root: `${import.meta.dirname}/src/web`,
  base: './',
  plugins: [react()],
  resolve: { conditions: ['@sandpod/source', ...defaultClientConditions] },
  build: {
    outDir: `${import.meta.dirname}/dist/web`,
    emptyOutDir: true,
    target: 'es2023',
    // The page's Content-Security-Policy allows neither inline scripts nor data: styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The largest chunk is React, the AI SDK and Markdown: about 200 kB when compressed.
    chunkSizeWarningLimit: 800,
  },
});

export default config;
