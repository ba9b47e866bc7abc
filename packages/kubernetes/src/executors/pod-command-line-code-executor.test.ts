import { expect, test, vi } from 'vitest';
import { PodCommandLineCodeExecutor } from './pod-command-line-code-executor.ts';

const kubeConfig = {
  clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
  users: [{ name: 'u', user: {} }],
  contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
  'current-context': 'x',
};

/** An object with a member that counts how often it is read. */
function counted(name: string, value: string): { readonly read: () => string; readonly object: Readonly<Record<string, string>> } {
  const read = vi.fn(() => value);
  return { read, object: Object.defineProperty({}, name, { get: read, enumerable: true }) };
}

test('the executor, its base class and its provider validate the options once', () => {
  const requests = counted('cpu', '3');
  const environment = counted('NAME', 'value');
  const executor = new PodCommandLineCodeExecutor({ kubeConfig, requests: requests.object, env: environment.object });
  expect(requests.read).toHaveBeenCalledTimes(1);
  expect(environment.read).toHaveBeenCalledTimes(1);
  expect(executor.provider.describe().backend).toBe('pod');
});

test('a kept pod is a weakness, and an executor without autoRemove has none of it', () => {
  const weaknesses = (options: object): readonly string[] =>
    new PodCommandLineCodeExecutor({ kubeConfig, ...options }).describe().weaknesses;
  expect(weaknesses({ autoRemove: false }).join()).toContain('autoRemove');
  expect(weaknesses({}).join()).not.toContain('autoRemove');
});
