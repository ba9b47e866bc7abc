import { z } from 'zod';

/** The annotation that configured AppArmor before Kubernetes had a field for it. Servers still copy it into the field. */
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const CONFINED = /^(runtime\/default|localhost\/.+)$/;

/** The annotations of a pod. Annotations that would weaken its isolation are rejected. */
export const annotationsSchema: z.ZodRecord<z.ZodString, z.ZodString> = z.record(z.string(), z.string()).superRefine((record, context) => {
  for (const [name, value] of Object.entries(record)) {
    if (!name.startsWith(APP_ARMOR) || CONFINED.test(value)) continue;
    const message = 'expected runtime/default or localhost/NAME, because no option turns AppArmor off';
    context.addIssue({ code: 'custom', path: [name], message });
  }
});
