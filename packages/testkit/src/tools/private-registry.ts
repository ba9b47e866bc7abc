import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

const MANIFEST_TYPE = 'application/vnd.docker.distribution.manifest.v2+json';
const TOKEN = 'a-token-of-the-registry';

/** The way in which a registry authenticates clients. */
export type RegistryMode = 'basic' | 'token';

export interface RegistryLogin {
  readonly username: string;
  readonly password: string;
  /** A registry that issues tokens accepts this token instead of a name and password. */
  readonly identitytoken: string;
}

/**
 * An image registry on this machine. It contains one image, and requires HTTP basic authentication or a token.
 *
 * Uses plain HTTP, which container engines accept only from 127.0.0.1.
 */
export class PrivateRegistry {
  readonly image: string;
  readonly host: string;
  readonly login: RegistryLogin = { username: 'ada', password: 'lace:✓?', identitytoken: 'a-refresh-token' };
  /** Number of accepted requests for the image's manifest. */
  admitted = 0;
  readonly #mode: RegistryMode;
  readonly #server: Server;
  readonly #blobs: ReadonlyMap<string, Buffer>;
  readonly #manifest: Buffer;

  private constructor(server: Server, mode: RegistryMode, rootFiles: Uint8Array) {
    this.#server = server;
    this.#mode = mode;
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.image = `${this.host}/team/private:1`;
    const layer = gzipSync(rootFiles);
    const config = configOf(rootFiles);
    this.#blobs = new Map([layer, config].map((blob) => [digestOf(blob), blob]));
    this.#manifest = manifestOf(config, layer);
  }

  /** Starts a registry. `rootFiles` contains all files of the image, as a tar archive. */
  static async start(mode: RegistryMode, rootFiles: Uint8Array): Promise<PrivateRegistry> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const registry = new PrivateRegistry(server, mode, rootFiles);
    server.on('request', (request, response) => void registry.#answer(request, response));
    return registry;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', `http://${this.host}`);
    if (pathname === '/token') return this.#handOutToken(request, response);
    if (!this.#isAdmitted(request)) return this.#challenge(response);
    if (pathname === '/v2/') return void response.end('{}');
    if (pathname.includes('/manifests/')) return this.#sendManifest(request, response);
    const blob = this.#blobs.get(pathname.split('/').at(-1) ?? '');
    if (blob === undefined) return void response.writeHead(404).end();
    response.end(blob);
  }

  #isAdmitted(request: IncomingMessage): boolean {
    const { authorization } = request.headers;
    return authorization === (this.#mode === 'basic' ? this.#basic() : `Bearer ${TOKEN}`);
  }

  #basic(): string {
    return `Basic ${Buffer.from(`${this.login.username}:${this.login.password}`).toString('base64')}`;
  }

  #challenge(response: ServerResponse): void {
    const ask = this.#mode === 'basic' ? 'Basic realm="team"' : `Bearer realm="http://${this.host}/token",service="team"`;
    response.writeHead(401, { 'www-authenticate': ask, 'content-type': 'application/json' });
    response.end(JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }));
  }

  /** Responds with a token. Accepts a name and password or, as in OAuth, a refresh token. */
  async #handOutToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams((await buffer(request)).toString());
    const isRefresh = form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === this.login.identitytoken;
    if (!isRefresh && request.headers.authorization !== this.#basic()) return this.#challenge(response);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ token: TOKEN, access_token: TOKEN, expires_in: 300 }));
  }

  #sendManifest(request: IncomingMessage, response: ServerResponse): void {
    this.admitted += 1;
    response.setHeader('content-type', MANIFEST_TYPE);
    response.setHeader('content-length', this.#manifest.length);
    response.setHeader('docker-content-digest', digestOf(this.#manifest));
    response.end(request.method === 'HEAD' ? undefined : this.#manifest);
  }
}

function configOf(rootFiles: Uint8Array): Buffer {
  const rootfs = { type: 'layers', diff_ids: [digestOf(rootFiles)] };
  return Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', config: { Env: ['PATH=/bin:/usr/bin'] }, rootfs }));
}

function manifestOf(config: Buffer, layer: Buffer): Buffer {
  const blob = (mediaType: string, bytes: Buffer): object => ({ mediaType, size: bytes.length, digest: digestOf(bytes) });
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: blob('application/vnd.docker.container.image.v1+json', config),
      layers: [blob('application/vnd.docker.image.rootfs.diff.tar.gzip', layer)],
    }),
  );
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
