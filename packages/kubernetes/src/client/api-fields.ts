import { V1Container, V1Pod, V1PodSecurityContext, V1PodSpec, V1SecurityContext } from '@kubernetes/client-node';

/** The field names of the API's types. */
export const API_FIELDS = {
  pod: namesOf(V1Pod),
  podSpec: namesOf(V1PodSpec),
  podSecurityContext: namesOf(V1PodSecurityContext),
  container: namesOf(V1Container),
  securityContext: namesOf(V1SecurityContext),
} as const;

function namesOf(type: { getAttributeTypeMap(): { readonly baseName: string }[] }): readonly string[] {
  return type.getAttributeTypeMap().map(({ baseName }) => baseName);
}
