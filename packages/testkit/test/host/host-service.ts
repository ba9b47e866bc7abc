import type { ExecSandbox } from '@sandpod/launcher';

/** A server inside a sandbox. */
export interface Service {
  readonly port: number;
}

/** Servers in Python; each prints its port when it listens. `handle(c)` serves one connection. */
const SERVER = `
import os, socket, sys, threading, time
family = socket.AF_INET6 if os.environ.get("SIX") else socket.AF_INET
listener = socket.socket(family, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("::1" if os.environ.get("SIX") else "127.0.0.1", int(os.environ.get("PORT", "0"))))
listener.listen(128)
print(listener.getsockname()[1], flush=True)
exec(os.environ["HANDLE"])
while True:
    c, _ = listener.accept()
    threading.Thread(target=handle, args=(c,), daemon=True).start()
`;

/** Sends back all bytes until the end of the input, then closes. */
export const ECHO = `
def handle(c):
    while data := c.recv(65536): c.sendall(data)
    c.close()
`;

/** Responds with the number of bytes when the client has sent everything. */
export const COUNT = `
def handle(c):
    total = 0
    while data := c.recv(65536): total += len(data)
    c.sendall(str(total).encode())
    c.close()
`;

/** Sends the number of bytes that the first line requests. */
export const SEND = `
def handle(c):
    size = int(c.makefile("rb").readline())
    block = bytes(range(256)) * 256
    while size > 0:
        c.sendall(block[:size])
        size -= len(block)
    c.close()
`;

/** Starts a server and waits until it listens. */
export async function startService(sandbox: ExecSandbox, handle: string, env: Readonly<Record<string, string>> = {}): Promise<Service> {
  const running = await sandbox.spawn({ argv: ['python3', '-c', SERVER], env: { HANDLE: handle, ...env } });
  const reader = running.stdout.getReader();
  const { value } = await reader.read();
  return { port: Number(Buffer.from(value ?? new Uint8Array(0)).toString()) };
}
