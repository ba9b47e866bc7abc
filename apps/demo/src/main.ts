const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`The demo needs Node 22.19 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 125;
} else {
  const { runProcess } = await import('./run-process.ts');
  await runProcess();
}
