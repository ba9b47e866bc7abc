import { z } from 'zod';

/** Before AppArmor had a field of its own it was set like this, and servers still copy that into the field. */
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const CONFINED = /^(runtime\/default|localhost\/.+)$/;

/** Annotations of a pod, none of which loosens it. */
export const annotationsSchema: z.ZodRecord<z.ZodString, z.ZodString> = z.record(z.string(), z.string()).superRefine((record, context) => {
  for (const [name, value] of Object.entries(record)) {
    if (!name.startsWith(APP_ARMOR) || CONFINED.test(value)) continue;
    const message = 'expected runtime/default or localhost/ and a name: no option switches AppArmor off';
    context.addIssue({ code: 'custom', path: [name], message });
  }
});
