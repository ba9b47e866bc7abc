import type { V1Container } from '@kubernetes/client-node';
import { DEFAULT_LIMITS, type Limits } from '@sandpod/core';
import { manifestError } from './manifest-source.ts';
import { parseQuantity } from './parse-quantity.ts';
import type { PodOptions, PodSandboxProviderOptions } from './pod-options.ts';
import { containersOf, type PodTemplate } from './pod-template.ts';

const DEFAULT_REQUESTS = { cpu: '20m', memory: '64Mi' } as const;

type Given = Pick<PodSandboxProviderOptions, 'limits' | 'requests'>;

/**
 * Resolves resource requests and limits. Options override `podSpec`. If only the request or only the limit for a resource is set, the
 * default for the other value is adjusted, because a server rejects a request that is higher than the limit.
 *
 * @throws {SandpodError} `invalid-options` for an invalid quantity in `podSpec`.
 */
export function resolveResources(
  container: V1Container | undefined,
  options: { readonly template: PodTemplate | undefined; readonly given: Given },
): Pick<PodOptions, 'limits' | 'requests'> {
  const { template, given } = options;
  if (template !== undefined && container !== undefined) checkQuantities(container, template);
  const { requests, limits } = container?.resources ?? {};
  const asked = defined({ ...defined({ cpu: requests?.['cpu'], memory: requests?.['memory'] }), ...defined(given.requests) });
  const bounds: Partial<Limits> = {
    ...defined({ cpus: parseQuantity(limits?.['cpu']), memoryBytes: parseQuantity(limits?.['memory']) }),
    ...defined(given.limits),
  };
  const { cpus, memoryBytes } = DEFAULT_LIMITS;
  const atLeast = { cpus: atLeastOf(cpus, asked.cpu), memoryBytes: atLeastOf(memoryBytes, asked.memory) };
  const atMost = { cpu: atMostOf(DEFAULT_REQUESTS.cpu, bounds.cpus), memory: atMostOf(DEFAULT_REQUESTS.memory, bounds.memoryBytes) };
  return { limits: { ...DEFAULT_LIMITS, ...atLeast, ...bounds }, requests: { ...atMost, ...asked } };
}

/** Returns the limit, raised to the request if the request is higher. */
export function atLeastOf(limit: number, request: string | undefined): number {
  return Math.max(limit, parseQuantity(request) ?? 0);
}

function atMostOf(request: string, limit: number | undefined): string {
  return limit === undefined || (parseQuantity(request) ?? 0) <= limit ? request : String(limit);
}

/** Rejects invalid quantities, and limits of 0, which Kubernetes treats as no limit. */
function checkQuantities(container: V1Container, template: PodTemplate): void {
  const { field = '' } = containersOf(template.spec).find((each) => each.container === container) ?? {};
  for (const kind of ['limits', 'requests'] as const) {
    for (const name of ['cpu', 'memory']) {
      const given: unknown = container.resources?.[kind]?.[name];
      const value = parseQuantity(given);
      if (given === undefined || (value !== undefined && (value > 0 || kind === 'requests'))) continue;
      const expected = `a quantity ${kind === 'limits' ? 'above 0, ' : ''}such as 500m, 1e9 or 64Mi`;
      throw manifestError(template, { field: `${field}.resources.${kind}.${name}`, expected, given: JSON.stringify(given) });
    }
  }
}

function defined<Value extends object>(value: Value | undefined): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  const members = Object.entries(value ?? {}).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members) as { [Key in keyof Value]: Exclude<Value[Key], undefined> };
}
