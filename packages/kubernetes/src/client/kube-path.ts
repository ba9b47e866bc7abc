import type { KubeCall } from './kube-error.ts';

export const METHODS = { get: 'GET', list: 'GET', watch: 'GET', create: 'POST', patch: 'PATCH', delete: 'DELETE' } as const;

/** Returns the URL path of a call. Every part is encoded. */
export function pathOf(call: KubeCall): string {
  const root = call.group === '' ? ['api', call.version] : ['apis', call.group, call.version];
  const place = call.namespace === undefined ? [] : ['namespaces', call.namespace];
  if (call.path !== undefined) return call.path;
  const parts = [...root, ...place, call.resource, call.name, call.subresource];
  return parts.flatMap((part) => (part === undefined ? [] : `/${encodeURIComponent(part)}`)).join('');
}

export function contentTypeOf(call: KubeCall): string {
  return call.verb === 'patch' ? 'application/merge-patch+json' : 'application/json';
}
