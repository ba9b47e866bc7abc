/** Kubernetes' label for the tool that created an object. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';

/** Whether only sandpod may set a label or annotation of this name. */
export function isReservedName(name: string): boolean {
  return name === MANAGED_BY_LABEL || /(^|\.)sandpod\.dev\//.test(name);
}
