import type { OutgoingHttpHeaders } from 'node:http';
import type { User } from '@kubernetes/client-node';
import { z } from 'zod';

/** The fields of a user in a kubeconfig, other than `as`, that configure impersonation. */
const schema = z.looseObject({
  'as-uid': z.string().nullish(),
  'as-groups': z.array(z.string()).nullish(),
  'as-user-extra': z.record(z.string(), z.array(z.string())).nullish(),
});

interface ImpersonatingUser extends User {
  readonly impersonation?: OutgoingHttpHeaders | undefined;
}

/**
 * Returns the user together with the impersonation fields that the client library does not read.
 *
 * @throws {TypeError} if there are such fields, but no `as`.
 */
export function impersonatingUser(user: User, content: unknown): User {
  const { 'as-uid': uid, 'as-groups': groups, 'as-user-extra': extra } = schema.parse(content ?? {});
  const impersonation: OutgoingHttpHeaders = {
    ...(uid ? { 'Impersonate-Uid': uid } : {}),
    ...(groups?.length ? { 'Impersonate-Group': groups } : {}),
    ...Object.fromEntries(Object.entries(extra ?? {}).map(([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, values])),
  };
  if (Object.keys(impersonation).length === 0) return user;
  if (!user.impersonateUser) throw new TypeError(`the user ${user.name} has as-uid, as-groups or as-user-extra, but no "as"`);
  const whole: ImpersonatingUser = { ...user, impersonation };
  return whole;
}

/** Returns the impersonation headers for a request; empty if impersonation is not configured. */
export function impersonationHeaders(user: ImpersonatingUser | null): OutgoingHttpHeaders {
  return user?.impersonateUser ? { 'Impersonate-User': user.impersonateUser, ...user.impersonation } : {};
}
