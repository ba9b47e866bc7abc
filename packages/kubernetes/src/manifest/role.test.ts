import { expect, test } from 'vitest';
import { parseYaml } from '../client/parse-yaml.ts';
import { POD_RULES, PORT_FORWARD_RULE, podRoleManifest } from './role.ts';

test.for(['somewhere', '123', 'null', 'true', '1e3', 'on'])(
  'the manifest has the rules, in the namespace %s, which stays a text',
  (namespace) => {
    const metadata = { name: 'sandpod', namespace };
    expect(parseYaml(podRoleManifest({ namespace }))).toEqual([
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules: POD_RULES },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'sandpod' },
        subjects: [{ kind: 'ServiceAccount', name: 'sandpod', namespace }],
      },
    ]);
  },
);

test.for([
  ['agent', { name: 'agent', namespace: 'here' }],
  ['apps:agent', { name: 'agent', namespace: 'apps' }],
] as const)('the existing service account %s gets the rights, and none is created', ([serviceAccount, subject]) => {
  const documents = parseYaml(podRoleManifest({ namespace: 'here', serviceAccount })) as { kind: string; subjects?: unknown }[];
  expect(documents.map(({ kind }) => kind)).toEqual(['Role', 'RoleBinding']);
  expect(documents[1]?.subjects).toEqual([{ kind: 'ServiceAccount', ...subject }]);
});

test('the right to forward ports is there only where it is asked for', () => {
  const rulesOf = (options: { portForward?: boolean }): unknown =>
    (parseYaml(podRoleManifest({ namespace: 'here', ...options })) as { rules?: unknown }[])[1]?.rules;
  expect(rulesOf({})).not.toContainEqual(PORT_FORWARD_RULE);
  expect(rulesOf({ portForward: true })).toContainEqual(PORT_FORWARD_RULE);
});

test.for(['', 'Upper', 'a:b:c', 'a"b', ':a'])('the service account %j is refused', (serviceAccount) => {
  expect(() => podRoleManifest({ namespace: 'here', serviceAccount })).toThrow(
    /^rbac\.serviceAccount: expected the name of a service account/,
  );
});

test.for(['a b: {x', 'a }\n---\nkind: ClusterRoleBinding', '"', 'Upper', ''])('the name %j is refused for namespace and role', (name) => {
  expect(() => podRoleManifest({ namespace: name })).toThrow(/^rbac\.namespace: expected 1 to 63 lower-case letters/);
  expect(() => podRoleManifest({ namespace: 'x', name })).toThrow(/^rbac\.name: expected 1 to 63 lower-case letters/);
});
