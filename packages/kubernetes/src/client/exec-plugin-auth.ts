import { execFile } from 'node:child_process';
import type { RequestOptions } from 'node:https';
import { isAbsolute, join } from 'node:path';
import type { Cluster, User } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { z } from 'zod';
import { clusterInfo } from './cluster-info.ts';

const NAME = 'sandpod-exec-plugin';
/** Time limit for a plugin, in milliseconds. A plugin cannot ask a person to log in. */
const ANSWER_MS = 60_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
/** Milliseconds before its expiry at which a credential is renewed. If a tenth of its lifetime is shorter, that time is used instead. */
const EARLY_MS = 10_000;

const pluginSchema = z.looseObject({
  apiVersion: z.string().min(1),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  installHint: z.string().nullish(),
  provideClusterInfo: z.boolean().nullish(),
});

const credentialSchema = z.looseObject({
  status: z.looseObject({
    token: z.string().min(1).nullish(),
    clientCertificateData: z.string().min(1).nullish(),
    clientKeyData: z.string().min(1).nullish(),
    expirationTimestamp: z.string().nullish(),
  }),
});

type Plugin = z.output<typeof pluginSchema>;
type Credential = z.output<typeof credentialSchema>['status'];

/** Returns a user whose credentials come from a program. A relative path to the program is resolved against the directory. */
export function pluginUser(user: User, options: { readonly exec: unknown; readonly directory: string }): User {
  const plugin = pluginSchema.parse(options.exec);
  const isRelative = plugin.command.includes('/') && !isAbsolute(plugin.command);
  const command = isRelative ? join(options.directory, plugin.command) : plugin.command;
  const { exec: _, ...rest } = user;
  return { ...rest, authProvider: { name: NAME, config: { plugin: { ...plugin, command } } } };
}

/** Runs the user's credential program, and runs it again shortly before the credentials expire. Concurrent requests share one result. */
export class ExecPluginAuth {
  readonly #cluster: () => Cluster | null;
  readonly #known = new Map<string, { readonly credential: Promise<Credential>; untilMs: number }>();

  /** @param cluster Returns the cluster in use, for plugins that ask for it. */
  constructor(cluster: () => Cluster | null) {
    this.#cluster = cluster;
  }

  isAuthProvider(user: User): boolean {
    return user.authProvider?.name === NAME;
  }

  async applyAuthentication(user: User, options: RequestOptions): Promise<void> {
    const { token, clientCertificateData, clientKeyData } = await this.#credentialOf(user);
    if (token) options.headers = { ...options.headers, Authorization: `Bearer ${token}` };
    if (clientCertificateData) options.cert = clientCertificateData;
    if (clientKeyData) options.key = clientKeyData;
  }

  /** Discards the credentials, so that the next request runs the program again. Returns false if the program has not run yet. */
  forget(): boolean {
    const hasAny = this.#known.size > 0;
    this.#known.clear();
    return hasAny;
  }

  #credentialOf(user: User): Promise<Credential> {
    const known = this.#known.get(user.name);
    if (known !== undefined && Date.now() < known.untilMs) return known.credential;
    const plugin: Plugin = user.authProvider.config.plugin;
    const entry = { credential: ask(plugin, this.#cluster()), untilMs: Number.POSITIVE_INFINITY };
    this.#known.set(user.name, entry);
    entry.credential.then(
      ({ expirationTimestamp }) => {
        entry.untilMs = renewalOf(expirationTimestamp);
      },
      () => this.#known.get(user.name) === entry && this.#known.delete(user.name),
    );
    return entry.credential;
  }
}

function renewalOf(expirationTimestamp: string | null | undefined): number {
  if (!expirationTimestamp) return Number.POSITIVE_INFINITY;
  const endMs = Date.parse(expirationTimestamp);
  return Number.isNaN(endMs) ? 0 : endMs - Math.min(EARLY_MS, (endMs - Date.now()) / 10);
}

async function ask(plugin: Plugin, cluster: Cluster | null): Promise<Credential> {
  const answer = await run(plugin, cluster);
  try {
    const { status } = credentialSchema.parse(JSON.parse(answer));
    if (status.token || (status.clientCertificateData && status.clientKeyData)) return status;
    throw new TypeError('the ExecCredential has neither a token nor a certificate with its key');
  } catch (cause) {
    // The output may contain a secret, so it is not shown.
    const why = cause instanceof TypeError ? cause.message : 'the output is not an ExecCredential in JSON';
    throw failed(plugin, `returned credentials that cannot be used: ${why}`);
  }
}

function run(plugin: Plugin, cluster: Cluster | null): Promise<string> {
  const { apiVersion, command, args, env, provideClusterInfo } = plugin;
  const spec = { interactive: false, ...(provideClusterInfo && cluster ? { cluster: clusterInfo(cluster) } : {}) };
  const info = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec });
  const given = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const options = {
    timeout: ANSWER_MS,
    maxBuffer: MAX_ANSWER_BYTES,
    killSignal: 'SIGKILL',
    env: { ...process.env, ...given, KUBERNETES_EXEC_INFO: info },
  } as const;
  const child = execFile(command, args ?? [], options, (error, stdout, stderr) => {
    if (error === null) resolve(stdout);
    else reject(failed(plugin, `failed: ${stderr.trim().slice(0, 500) || error.message}`, error));
  });
  // A plugin that would prompt for input must not wait for it.
  child.stdin?.end();
  return promise;
}

function failed(plugin: Plugin, what: string, cause?: unknown): SandpodError {
  const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  const hint = plugin.installHint?.trim();
  return new SandpodError({
    code: 'start-failed',
    message: `The credential program ${plugin.command} in the Kubernetes configuration ${what}.`,
    advice: isMissing && hint ? hint : `Run ${plugin.command} yourself: it may not be installed, or it may need a new login.`,
    isRetryable: false,
    cause,
  });
}
