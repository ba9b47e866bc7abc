import { setTimeout as delay } from 'node:timers/promises';
import type { ByteDuplex } from '@sandpod/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KubeClient } from '../src/client/kube-client.ts';
import { loadKubeSettings } from '../src/client/kube-settings.ts';
import { connectByPortForward, type PodPlace, type PortForward } from '../src/client/port-forward.ts';
import { type PodSandbox, PodSandboxProvider } from '../src/index.ts';
import { kubeConfigOf, startKubeProxy } from './fixtures/fault-proxy.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

const ECHO_PORT = 8_200;
const GREETING_PORT = 8_201;
const LATE_PORT = 8_202;
const SERVERS = `import socket, threading, time
def serve(port, handle, after=0):
    time.sleep(after)
    server = socket.create_server(("127.0.0.1", port))
    while True:
        threading.Thread(target=handle, args=(server.accept()[0],)).start()
def echo(client):
    while data := client.recv(65536): client.sendall(data)
def greet(client):
    client.sendall(b"hello")
    client.close()
for port, handle, after in ((${ECHO_PORT}, echo, 0), (${GREETING_PORT}, greet, 0), (${LATE_PORT}, greet, 3)):
    threading.Thread(target=serve, args=(port, handle, after)).start()
`;

let namespace: TestNamespace;
let sandbox: PodSandbox;
let place: PodPlace;

beforeAll(async () => {
  namespace = await TestNamespace.create('port-forward');
  sandbox = await new PodSandboxProvider(namespace.options()).create();
  place = { namespace: sandbox.namespace, pod: sandbox.podName };
  await sandbox.writeTextFile({ path: 'servers.py', content: SERVERS });
  await sandbox.spawn({ argv: ['python3', 'servers.py'] });
  await (await connect(ECHO_PORT, 20_000)).close();
});
afterAll(() => namespace[Symbol.asyncDispose]());

const connect = (port: number, waitMs = 0, abortSignal?: AbortSignal): Promise<PortForward> =>
  connectByPortForward(namespace.client, place, { port, waitMs, abortSignal });

async function readAll({ readable }: ByteDuplex): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const bytes of readable) chunks.push(bytes);
  return Buffer.concat(chunks);
}

test('bytes go both ways, verbatim, to a reader that is slow at first', async () => {
  const connection = await connect(ECHO_PORT);
  const sent = Buffer.from(Array.from({ length: 2_000_000 }, (_, index) => (index * 7) % 256));
  const writer = connection.writable.getWriter();
  const writing = writer.write(sent);
  await delay(300);
  let received = Buffer.alloc(0);
  for await (const bytes of connection.readable) {
    received = Buffer.concat([received, bytes]);
    if (received.length >= sent.length) break;
  }
  await writing;
  expect(received.equals(sent)).toBe(true);
  await connection.close();
  await connection.closed;
});

test('a service that closes is the end, and a port on which nothing listens causes connection-refused', async () => {
  expect((await readAll(await connect(GREETING_PORT))).toString()).toBe('hello');
  expect(await failureOf(connect(9))).toMatchObject({ code: 'connection-refused', details: { port: 9 } });
});

test('waitMs waits for a port that opens later, and an abort ends the wait and an open connection', async () => {
  expect((await readAll(await connect(LATE_PORT, 20_000))).toString()).toBe('hello');
  const reason = new Error('enough');
  await expect(connect(9, 20_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  const aborting = new AbortController();
  const connection = await connect(ECHO_PORT, 0, aborting.signal);
  aborting.abort(reason);
  await expect(readAll(connection)).rejects.toBe(reason);
  await connection.closed;
});

test('closing is idempotent, and nothing can be written afterwards', async () => {
  const connection = await connect(ECHO_PORT);
  await Promise.all([connection.close(), connection.close()]);
  await expect(connection.writable.getWriter().write(new Uint8Array(1))).rejects.toMatchObject({ code: 'transport' });
  expect(await readAll(connection)).toHaveLength(0);
});

test('a connection that is cut without a close frame fails, and never ends as if everything had arrived', async () => {
  await using proxy = await startKubeProxy();
  using client = new KubeClient(loadKubeSettings({ kubeConfig: kubeConfigOf(proxy) }));
  const connection = await connectByPortForward(client, place, { port: ECHO_PORT });
  const writer = connection.writable.getWriter();
  await writer.write(Buffer.from('part'));
  const reader = connection.readable.getReader();
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('part');
  proxy.cutTunnels();
  await expect(reader.read()).rejects.toMatchObject({ code: 'transport' });
  await connection.closed;
});

/** Files that cannot be executed, mounted over the relay programs of the image. Perl keeps its second name, for the server. */
const HIDDEN = ['python3.11', 'node', 'perl', 'bash'];
const PERL_SERVER = `my $server = IO::Socket::INET->new(Listen => 5, LocalAddr => "127.0.0.1", LocalPort => ${ECHO_PORT}, ReuseAddr => 1);
while (my $client = $server->accept) { while (sysread $client, my $data, 65536) { syswrite $client, $data } }`;

test('without a relay program in the image it is used if the option is set, and ends with the sandbox', async () => {
  const data = Object.fromEntries(HIDDEN.map((name) => [name, '']));
  await namespace.request({ verb: 'create', group: '', version: 'v1', resource: 'configmaps' }, { metadata: { name: 'hide' }, data });
  const volumeMounts = HIDDEN.map((name) => ({ name: 'hide', mountPath: `/usr/bin/${name}`, subPath: name }));
  const podSpec = { spec: { containers: [{ name: 'sandbox', volumeMounts }], volumes: [{ name: 'hide', configMap: { name: 'hide' } }] } };
  const options = namespace.options({ image: 'testbed/polyglot:1', podSpec });
  const poor = await new PodSandboxProvider({ ...options, portForward: true }).create();
  await poor.spawn({ argv: ['/usr/bin/perl5.36.0', '-MIO::Socket', '-e', PERL_SERVER] });
  const connection = await poor.connect({ port: ECHO_PORT, waitMs: 20_000 });
  expect(connection.canHalfClose).toBe(false);
  const writer = connection.writable.getWriter();
  await writer.write(Buffer.from('here'));
  const reader = connection.readable.getReader();
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('here');
  await using other = new PodSandboxProvider(options);
  const same = await other.attach({ id: poor.id });
  expect(await failureOf(same.connect({ port: ECHO_PORT }))).toMatchObject({
    code: 'unsupported',
    advice: expect.stringContaining('portForward'),
  });
  await poor[Symbol.asyncDispose]();
  await expect(reader.read()).rejects.toMatchObject({ code: 'sandbox-ended' });
});
