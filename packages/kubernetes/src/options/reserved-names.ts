/** Kubernetes' label for the tool that created an object. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/** Returns true if only sandpod may set a label or annotation with this name. */
export function isReservedName(name: string): boolean {
  return name === MANAGED_BY_LABEL || /(^|\.)sandpod\.dev\//.test(name);
}
