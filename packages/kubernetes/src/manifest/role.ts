import { validateOptions } from '@sandpod/core/backend';
import { z } from 'zod';
import { podNameSchema } from '../options/names.ts';

/** The permissions that a pod executor needs in its namespace. A test proves that they suffice and that every verb is needed. */
export const POD_RULES = [
  { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'watch', 'delete'] },
  // A web socket is an HTTP GET, so servers before 1.35 check get. From 1.35 on, they also check create.
  { apiGroups: [''], resources: ['pods/exec'], verbs: ['get', 'create'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'list', 'patch', 'delete'] },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['create'] },
] as const;

/** The additional permission that the option `portForward` needs. */
export const PORT_FORWARD_RULE = { apiGroups: [''], resources: ['pods/portforward'], verbs: ['get', 'create'] } as const;

export interface RoleOptions {
  readonly namespace: string;
  /** Name of the role, the binding and the service account. Default `sandpod`. */
  readonly name?: string | undefined;
  /**
   * An existing service account to which the permissions are granted: `name`, or `namespace:name` for another namespace. Default: a new
   * account.
   */
  readonly serviceAccount?: string | undefined;
  /** If true, adds the permission that the option `portForward` needs. Default false. */
  readonly portForward?: boolean | undefined;
}

const SERVICE_ACCOUNT = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?:)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

const schema = z.strictObject({
  namespace: podNameSchema,
  name: podNameSchema.default('sandpod'),
  serviceAccount: z.string().regex(SERVICE_ACCOUNT, { error: 'expected the name of a service account, or namespace:name' }).optional(),
  portForward: z.boolean().default(false),
});

/**
 * Returns the Role and RoleBinding that a pod executor needs, as YAML for `kubectl apply -f -`. Includes a ServiceAccount unless
 * `serviceAccount` is set.
 *
 * @throws {SandpodError} `invalid-options` for an invalid name.
 */
export function podRoleManifest(options: RoleOptions): string {
  const { namespace, name, serviceAccount, portForward } = validateOptions(schema, options, 'rbac');
  const [account = name, home = namespace] = (serviceAccount ?? name).split(':').toReversed();
  const metadata = `metadata: { name: "${name}", namespace: "${namespace}" }`;
  const rules = [...POD_RULES, ...(portForward ? [PORT_FORWARD_RULE] : [])].map(
    ({ apiGroups, resources, verbs }) =>
      `  - apiGroups: ${JSON.stringify(apiGroups)}\n    resources: ${JSON.stringify(resources)}\n    verbs: ${JSON.stringify(verbs)}`,
  );
  const created = serviceAccount === undefined ? `apiVersion: v1\nkind: ServiceAccount\n${metadata}\n---\n` : '';
  return `${created}apiVersion: rbac.authorization.k8s.io/v1
kind: Role
${metadata}
rules:
${rules.join('\n')}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
${metadata}
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: "${name}" }
subjects:
  - { kind: ServiceAccount, name: "${account}", namespace: "${home}" }
`;
}
