import { SandpodError } from '@sandpod/core';

/** The verb and the object of a request. Messages and generated roles describe permissions in the same terms. */
export interface KubeCall {
  readonly verb: 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete';
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Absent for cluster-scoped resources. */
  readonly namespace?: string;
  readonly name?: string;
  /** The path of an endpoint that is not a resource, for example `/version`. */
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
  /** The source of the configuration, for messages. */
  readonly source?: string;
}

/** An error response from the API server. */
export class KubeError extends SandpodError {
  override readonly name = 'KubeError';
  /** The HTTP status. */
  readonly status: number;
  /** The `reason` in the server's status, for example `NotFound`, `AlreadyExists`, `Forbidden`. */
  readonly kubeReason: string;
  /** The response's `Retry-After` header in milliseconds; NaN if the header is missing. */
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
  if (status === 401 && source !== undefined) return `The credentials from ${source} were rejected; log in again, or renew them.`;
  const wanted = status === 403 && reason === 'Forbidden' ? wantedRight(message, call) : undefined;
  return wanted === undefined ? undefined : `Grant ${wanted} in the namespace, for example with "sandpod rbac pod".`;
}

/**
 * Returns the missing permission, or undefined if the request was refused for another reason. Prefers the server's message, because an exec
 * needs `get` and, from Kubernetes 1.35 on, also `create`.
 */
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
