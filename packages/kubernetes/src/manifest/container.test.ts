import type { V1SecurityContext } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import type { PodSandboxProviderOptions } from '../options/pod-options.ts';
import { resolvePodOptions } from '../options/resolve-pod-options.ts';
import { specOf } from './pod-spec.ts';

/** The security contexts of a pod with the sandbox, a container beside it and an init container. */
function contextsOf(
  options: PodSandboxProviderOptions,
  words: { readonly pod?: object; readonly side?: object } = {},
): (V1SecurityContext | undefined)[] {
  const podSpec = {
    spec: {
      securityContext: words.pod ?? {},
      containers: [{ name: 'sandbox' }, { name: 'side', image: 'x', securityContext: words.side ?? {} }],
      initContainers: [{ name: 'first', image: 'x', securityContext: words.side ?? {} }],
    },
  };
  const { containers, initContainers = [] } = specOf(resolvePodOptions({ ...options, podSpec }), '/workspace');
  return [...containers, ...initContainers].map(({ securityContext }) => securityContext);
}

test("with runAsRoot, only the sandbox's container runs as root", () => {
  const [sandbox, ...others] = contextsOf({ runAsRoot: true });
  expect(sandbox).not.toHaveProperty('runAsUser');
  for (const other of others) expect(other).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000 });
});

test('with runAsRoot another container is root by its own words', () => {
  const [, ...others] = contextsOf({ runAsRoot: true }, { side: { runAsUser: 0 } });
  for (const other of others) expect(other).toMatchObject({ runAsUser: 0 });
  for (const other of others) expect(other).not.toHaveProperty('runAsNonRoot');
  const [, ...ofPod] = contextsOf({ runAsRoot: true }, { pod: { runAsUser: 0 } });
  for (const other of ofPod) expect(other).not.toHaveProperty('runAsUser');
});

test("with runAsRoot, another container keeps the user that the pod's context sets", () => {
  const [, ...others] = contextsOf({ runAsRoot: true, runAsUser: 0 }, { pod: { runAsUser: 7, runAsGroup: 8 } });
  for (const other of others) expect(other).toMatchObject({ runAsNonRoot: true, runAsUser: 7, runAsGroup: 8 });
});

test('without runAsRoot another container takes the user of the pod', () => {
  for (const context of contextsOf({ runAsUser: 7 })) expect(context).not.toHaveProperty('runAsUser');
});

test('values of the env option arrive as they are, where Kubernetes would put in other variables; those of podSpec mean what they mean there', () => {
  const podSpec = { spec: { containers: [{ name: 'sandbox', env: [{ name: 'GREETING', value: 'Hello $(NAME)' }] }] } };
  const env = { NAME: 'Ada', QUOTED: '$(NAME) $$ $HOME' };
  const { containers } = specOf(resolvePodOptions({ env, podSpec }), '/work');
  expect(containers[0]?.env).toEqual(
    expect.arrayContaining([
      { name: 'GREETING', value: 'Hello $(NAME)' },
      { name: 'QUOTED', value: '$$(NAME) $$$$ $$HOME' },
    ]),
  );
});

test("the user's name is known, and can be changed", () => {
  const variables = (options: PodSandboxProviderOptions): Record<string, string | undefined> => {
    const { containers } = specOf(resolvePodOptions(options), '/work');
    return Object.fromEntries((containers[0]?.env ?? []).map(({ name, value }) => [name, value]));
  };
  expect(variables({})).toMatchObject({ USER: 'sandpod', LOGNAME: 'sandpod' });
  expect(variables({ runAsRoot: true })).toMatchObject({ USER: 'root', LOGNAME: 'root' });
  expect(variables({ env: { USER: 'ada' } })).toMatchObject({ USER: 'ada', LOGNAME: 'sandpod' });
});
