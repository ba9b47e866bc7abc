import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BackendName, createExecutor, type ExecutorConfig, listBackends, loadBackend, toConfig } from '../src/index.ts';
import { loadClients } from './fixtures/load-clients.ts';
import { KUBE_CONFIG_FILE, OPTION_SAMPLES, type OptionSample } from './fixtures/option-samples.ts';

function make(backend: BackendName, options: object): ReturnType<typeof createExecutor> {
  return createExecutor({ backend, options } as ExecutorConfig);
}

await loadClients();

beforeEach(() => void vi.stubEnv('KUBECONFIG', KUBE_CONFIG_FILE));
afterEach(() => void vi.unstubAllEnvs());

describe.each(listBackends().map(({ name }) => name))('the configuration of "%s"', (name) => {
  const samples: Readonly<Record<string, OptionSample>> = OPTION_SAMPLES[name];

  it('has a sample of every option in its schema', async () => {
    const { optionsSchema } = await loadBackend(name);
    expect(Object.keys(samples).sort()).toEqual(Object.keys(optionsSchema.shape).sort());
  });

  it.each(Object.entries(samples))('keeps %s in JSON', async (option, { value, beside }) => {
    const { optionsSchema } = await loadBackend(name);
    const options = { ...beside, [option]: value };
    // A sample that equals the default would pass even if it were lost.
    expect(optionsSchema.parse({ ...beside })[option]).not.toEqual(optionsSchema.parse(options)[option]);
    const config = toConfig(await make(name, options));
    const read = JSON.parse(JSON.stringify(config)) as ExecutorConfig;
    expect(read).toEqual({ backend: name, options });
    const again = await createExecutor(read);
    expect(toConfig(again)).toEqual(config);
  });

  it('keeps all options together', async () => {
    const { optionsSchema } = await loadBackend(name);
    const options = Object.fromEntries(Object.entries(samples).map(([option, { value }]) => [option, value]));
    expect(optionsSchema.safeParse(options).error).toBeUndefined();
  });
});

/** An object with methods, like `KubeConfig` of the Kubernetes client. */
class LoadedConfig {
  readonly clusters = [{ name: 'c', cluster: { server: 'https://10.0.0.1:6443' } }];
  readonly users = [{ name: 'u', user: {} }];
  readonly contexts = [{ name: 'x', context: { cluster: 'c', user: 'u' } }];
  readonly 'current-context' = 'x';
}

describe('options that a configuration cannot contain are rejected by name', () => {
  const prepare = (code: string): string => code;
  const language = { id: 'shout', aliases: [], extension: 'txt', interpreters: [], defaultPolicy: 'save', prepare };
  const refused: [BackendName, string, object][] = [
    ['embedded', 'options.languages[0].prepare is a function', { languages: [language] }],
    ['docker', 'options.languages[0].prepare is a function', { languages: [language] }],
    ['pod', 'options.languages[0].prepare is a function', { languages: [language] }],
    ['docker', 'options.createOptions.Volumes is an instance of Map', { createOptions: { Volumes: new Map() } }],
    ['docker', 'options.deviceRequests[0].Count is a bigint', { deviceRequests: [{ Count: 1n }] }],
    ['pod', 'options.podSpec is an instance of URL', { podSpec: new URL('./fixtures/pod.yaml', import.meta.url) }],
    ['pod', 'options.volume is an instance of URL', { volume: new URL('./fixtures/volume.yaml', import.meta.url) }],
    ['pod', 'options.kubeConfig is an instance of LoadedConfig', { kubeConfig: new LoadedConfig() }],
    ['pod', 'options.kubeConfigFile is an instance of URL', { kubeConfigFile: new URL('./fixtures/kubeconfig.yaml', import.meta.url) }],
  ];

  it.each(refused)('"%s": %s', async (name, message, options) => {
    const executor = await make(name, options);
    expect(() => toConfig(executor)).toThrow(expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(message) }));
  });

  it.each(['abortSignal', 'onProgress', 'provider'])('%s is not an option of an executor', async (option) => {
    for (const { name } of listBackends()) {
      const making = make(name, { [option]: new AbortController().signal });
      await expect(making).rejects.toThrow(expect.objectContaining({ code: 'invalid-options', message: expect.stringContaining(option) }));
    }
  });
});
