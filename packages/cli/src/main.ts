#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`sandpod needs Node 22.19 or newer; this is Node ${process.versions.node}.\n`);
  process.exitCode = 125;
} else {
  // Node keeps the compiled modules in its cache directory, which saves 30 ms at the next start.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const { runProcess } = await import('./run-process.ts');
  await runProcess();
}
