import { process } from './process.js';

export const EOL = '\n';
export const devNull = '/dev/null';
export const constants = { signals: { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 } };

export const platform = () => 'linux';
export const type = () => 'Linux';
export const release = () => '0.0.0-sandpod';
export const version = () => 'sandpod';
export const arch = () => 'wasm32';
export const machine = () => 'wasm32';
export const endianness = () => 'LE';
export const hostname = () => 'sandpod';
export const homedir = () => process.env.HOME ?? '/';
export const tmpdir = () => process.env.TMPDIR ?? '/tmp';
export const cpus = () => [{ model: 'WebAssembly', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }];
export const availableParallelism = () => 1;
export const loadavg = () => [0, 0, 0];
export const totalmem = () => process.memoryUsage().rss;
export const freemem = () => 0;
export const uptime = () => process.uptime();
export const networkInterfaces = () => ({});
export const userInfo = () => ({ uid: 1000, gid: 1000, username: 'sandbox', homedir: homedir(), shell: '/bin/sh' });
