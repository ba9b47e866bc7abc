import { expect, expectTypeOf, test } from 'vitest';
import { createExecutor, createProvider, type ExecutorConfig, listBackends, toConfig } from './index.ts';

test('an executor can be recreated from JSON', async () => {
  const executor = await createExecutor('embedded', { timeoutMs: 5_000, env: { A: '1' }, policies: { sh: false } });
  const text = JSON.stringify(toConfig(executor));
  expect(JSON.parse(text)).toEqual({ backend: 'embedded', options: { timeoutMs: 5_000, env: { A: '1' }, policies: { sh: false } } });
  const again = await createExecutor(JSON.parse(text) as ExecutorConfig);
  expect(again.capabilities).toEqual(executor.capabilities);
  expect(toConfig(again)).toEqual(toConfig(executor));
});

test('without options the configuration contains only the back end', async () => {
  expect(toConfig(await createExecutor('embedded'))).toEqual({ backend: 'embedded', options: {} });
  expect(toConfig(await createExecutor({ backend: 'embedded' }))).toEqual({ backend: 'embedded', options: {} });
});

test('a configuration is a copy of the options: later changes have no effect', async () => {
  const options = { env: { A: '1' } };
  const executor = await createExecutor('embedded', options);
  options.env.A = '2';
  const config = toConfig(executor);
  expect(config.options?.env).toEqual({ A: '1' });
  Object.assign(config, { options: {} });
  expect(toConfig(executor).options?.env).toEqual({ A: '1' });
});

test('an option that a configuration cannot contain is reported by name', async () => {
  const language = {
    id: 'shout',
    aliases: [],
    extension: 'txt',
    interpreters: [],
    defaultPolicy: 'save',
    prepare: (code: string) => code.toUpperCase(),
  } as const;
  const executor = await createExecutor('embedded', { languages: [language] });
  expect(() => toConfig(executor)).toThrow('options.languages[0].prepare is a function');
  expect(() => toConfig(executor)).toThrow(expect.objectContaining({ code: 'unsupported' }));
});

test('an executor that createExecutor did not create has no configuration', async () => {
  const executor = await createExecutor('embedded');
  const proxy = Object.create(executor) as typeof executor;
  expect(() => toConfig(proxy)).toThrow(expect.objectContaining({ code: 'unsupported' }));
});

test.each([
  [null, 'config'],
  [{}, 'backend'],
  [{ backend: 'embedded', option: {} }, 'option'],
  [{ backend: 'embedded', options: [] }, 'options'],
  [42, 'config'],
])('the configuration %j is rejected with the cause', async (config, named) => {
  const creating = createExecutor(config as never);
  await expect(creating).rejects.toThrow(expect.objectContaining({ code: 'invalid-options', message: expect.stringContaining(named) }));
});

test('the back end rejects an invalid option at once', async () => {
  await expect(createExecutor('embedded', { timeoutMs: 0 })).rejects.toThrow(expect.objectContaining({ code: 'invalid-options' }));
  await expect(createExecutor('embedded', { image: 'python:3' } as never)).rejects.toThrow('image');
  await expect(createExecutor('nowhere' as never)).rejects.toThrow(expect.objectContaining({ code: 'unknown-backend' }));
});

test('options are typed by the name of the back end', () => {
  expectTypeOf(createExecutor<'embedded'>)
    .parameter(0)
    .toEqualTypeOf<'embedded'>();
  // @ts-expect-error: this back end has no images.
  const wrong = (): unknown => createExecutor('embedded', { image: 'python:3' });
  expect(wrong).toBeTypeOf('function');
});

test('a provider creates sandboxes of the same back end', async () => {
  const provider = await createProvider('embedded');
  expect(provider.name).toBe('embedded');
});

test('listBackends lists each back end with its package and a description', () => {
  expect(listBackends()).toContainEqual({
    name: 'embedded',
    package: '@sandpod/embedded',
    aliases: [],
    description: expect.stringMatching(/^[^\n]{20,120}$/),
  });
});
