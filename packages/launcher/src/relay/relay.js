const { writeSync } = require('node:fs');
const net = require('node:net');

const [nonce, port, wait] = process.argv.slice(1);
const CLOSE = 0xffffffff;
const end = Date.now() + Number(wait);

const report = (text) => writeSync(2, `${nonce}${text}\n`);

function attempt(hosts = ['127.0.0.1', '::1']) {
  const [host, ...others] = hosts;
  const service = net.connect({ host, port: Number(port), allowHalfOpen: true });
  const fail = () => {
    service.destroy();
    if (others.length > 0) attempt(others);
    else if (Date.now() < end) setTimeout(attempt, 50);
    else {
      report('!refused');
      process.exit();
    }
  };
  service.once('error', fail);
  service.once('connect', () => {
    service.off('error', fail);
    relay(service);
  });
}

function relay(service) {
  report('+node');
  let total = 0;
  let isEnded = false;
  service.on('error', () => report(isEnded ? '!input' : '!broken'));
  service.on('data', (bytes) => {
    total += bytes.length;
    if (process.stdout.write(bytes)) return;
    service.pause();
    process.stdout.once('drain', () => service.resume());
  });
  service.on('end', () => {
    isEnded = true;
    report(`-${total}`);
  });
  process.stdout.on('error', () => process.exit());
  feed(service);
}

// The end of the input means that the client is gone.
function feed(service) {
  let header = Buffer.alloc(0);
  let left = 0;
  const takeHeader = (bytes) => {
    const missing = 4 - header.length;
    header = Buffer.concat([header, bytes.subarray(0, missing)]);
    if (header.length === 4) {
      left = header.readUInt32BE(0);
      header = Buffer.alloc(0);
      if (left === 0) service.end();
    }
    return bytes.subarray(missing);
  };
  const takeData = (bytes) => {
    const data = bytes.subarray(0, left);
    left -= data.length;
    if (!service.destroyed && !service.write(data)) waitFor(service);
    return bytes.subarray(data.length);
  };
  process.stdin.on('data', (bytes) => {
    let rest = bytes;
    while (rest.length > 0 && left !== CLOSE) rest = left === 0 ? takeHeader(rest) : takeData(rest);
    if (left === CLOSE) service.end(() => process.exit());
  });
  process.stdin.on('end', () => process.exit());
}

function waitFor(service) {
  const resume = () => {
    service.off('drain', resume);
    service.off('close', resume);
    process.stdin.resume();
  };
  process.stdin.pause();
  service.on('drain', resume);
  service.on('close', resume);
}

attempt();
