import { clientLibrary } from './libraries.ts';

/** Returns the field names of an API type. */
export function fieldNamesOf(
  type: 'V1Container' | 'V1Pod' | 'V1PodSecurityContext' | 'V1PodSpec' | 'V1SecurityContext',
): readonly string[] {
  return clientLibrary()
    [type].getAttributeTypeMap()
    .map(({ baseName }) => baseName);
}
