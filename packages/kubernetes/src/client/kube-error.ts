import { SandpodError } from '@sandpod/core';

/** What a request was for; names rights in messages and in generated roles. */
export interface KubeCall {
  readonly verb: 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete';
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Absent for what belongs to no namespace. */
  readonly namespace?: string;
  readonly name?: string;
  /** Where to find what is no resource, for example `/version`. */
  readonly path?: string;
}

interface StatusBody {
  readonly reason?: string;
  readonly message?: string;
}

interface KubeErrorOptions {
  readonly call: KubeCall;
  readonly status: number;
  readonly body: string;
  readonly retryAfterMs?: number;
  /** For people: where the configuration came from. */
  readonly source?: string;
}

/** An answer of the API server that is not a success. */
export class KubeError extends SandpodError {
  override readonly name = 'KubeError';
  /** The HTTP status. */
  readonly status: number;
  /** The server's word for it, for example `NotFound`, `AlreadyExists`, `Forbidden`. */
  readonly kubeReason: string;
  /** What the server asks to wait; NaN when it does not say. */
  readonly retryAfterMs: number;

  constructor(options: KubeErrorOptions) {
    const { reason = '', message = options.body.slice(0, 500) } = parseStatus(options.body);
    const advice = adviceFor(options, { reason, message });
    super({
      code: isServersFault(options.status) ? 'transport' : 'start-failed',
      message: `The API server refused to ${describeCall(options.call)}: ${message} (${options.status})`,
      isRetryable: isServersFault(options.status),
      ...(advice === undefined ? {} : { advice }),
      details: { status: options.status, reason, ...options.call },
    });
    this.status = options.status;
    this.kubeReason = reason;
    this.retryAfterMs = options.retryAfterMs ?? Number.NaN;
  }
}

function adviceFor({ call, status, source }: KubeErrorOptions, { reason, message }: Required<StatusBody>): string | undefined {
  if (status === 401 && source !== undefined) return `The credentials from ${source} were refused; log in again, or renew them.`;
  const wanted = status === 403 && reason === 'Forbidden' ? wantedRight(message, call) : undefined;
  return wanted === undefined ? undefined : `Grant ${wanted} in the namespace, for example with "sandpod rbac pod".`;
}

/** The right that is missing, in the server's words where it says: an exec, for one, is asked for as get, and from 1.35 on as create too. */
function wantedRight(message: string, call: KubeCall): string | undefined {
  if (!/is forbidden: User "/.test(message)) return undefined;
  const [, verb, resource, group = ''] = /cannot (\w+) resource "([^"]+)" in API group "([^"]*)"/.exec(message) ?? [];
  if (verb === undefined) return `the verb ${call.verb} on ${resourceOf(call)}`;
  return `the verb ${verb} on ${resource}${group === '' ? '' : `.${group}`}`;
}

function isServersFault(status: number): boolean {
  return status === 429 || status >= 500 || status === 0;
}

export function describeCall(call: KubeCall): string {
  const name = call.name === undefined ? '' : ` ${call.name}`;
  const place = call.namespace === undefined ? '' : ` in namespace ${call.namespace}`;
  return `${call.verb} ${resourceOf(call)}${name}${place}`;
}

function resourceOf(call: KubeCall): string {
  const resource = call.subresource === undefined ? call.resource : `${call.resource}/${call.subresource}`;
  return call.group === '' ? resource : `${resource}.${call.group}`;
}

function parseStatus(body: string): StatusBody {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as StatusBody) : {};
  } catch {
    return {};
  }
}
