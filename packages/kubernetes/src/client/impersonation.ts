import type { OutgoingHttpHeaders } from 'node:http';
import type { User } from '@kubernetes/client-node';
import { z } from 'zod';

/** The fields of a kubeconfig's user that configure impersonation, besides `as`. */
const schema = z.looseObject({
  'as-uid': z.string().nullish(),
  'as-groups': z.array(z.string()).nullish(),
  'as-user-extra': z.record(z.string(), z.array(z.string())).nullish(),
});

interface ImpersonatingUser extends User {
  readonly impersonation?: OutgoingHttpHeaders | undefined;
}

/** The user with the impersonation fields that the client library does not read. @throws {TypeError} if `as` is missing. */
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

/** The impersonation headers of a request; none without impersonation. */
export function impersonationHeaders(user: ImpersonatingUser | null): OutgoingHttpHeaders {
  return user?.impersonateUser ? { 'Impersonate-User': user.impersonateUser, ...user.impersonation } : {};
}
