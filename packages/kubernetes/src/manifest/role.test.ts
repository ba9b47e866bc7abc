import { expect, test } from 'vitest';
import { parseYaml } from '../client/parse-yaml.ts';
import { POD_RULES, podRoleManifest } from './role.ts';

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

test.for(['a b: {x', 'a }\n---\nkind: ClusterRoleBinding', '"', 'Upper', ''])('the name %j is refused for namespace and role', (name) => {
  expect(() => podRoleManifest({ namespace: name })).toThrow(/^rbac\.namespace: expected 1 to 63 lower-case letters/);
  expect(() => podRoleManifest({ namespace: 'x', name })).toThrow(/^rbac\.name: expected 1 to 63 lower-case letters/);
});
