import { SandpodError } from '@sandpod/core';
import { expect, test } from 'vitest';
import { BACKENDS } from './backends.ts';
import { loadBackend, loadListing } from './load-backend.ts';

async function errorOf(promise: Promise<unknown>): Promise<SandpodError> {
  const error = await promise.catch((thrown: unknown) => thrown);
  if (SandpodError.isInstance(error)) return error;
  throw new Error('expected a SandpodError', { cause: error });
}

test('every listed back end loads under its own name', async () => {
  for (const name of Object.keys(BACKENDS)) expect((await loadBackend(name)).name).toBe(name);
});

test.each(['docker-compose', '', 'Embedded', '__proto__', 'constructor'])(
  'an error for the unknown name %j lists the known names',
  async (name) => {
    const error = await errorOf(loadBackend(name));
    const known = [...Object.keys(BACKENDS), 'kubernetes'].sort();
    expect(error).toMatchObject({ code: 'unknown-backend', details: { name, known } });
    for (const each of [...known, name]) expect(error.message).toContain(JSON.stringify(each));
  },
);

test('kubernetes is another name of pod', async () => {
  expect(await loadBackend('kubernetes')).toBe(await loadBackend('pod'));
});

test.each([
  ['dokcer', 'docker'],
  ['pods', 'pod'],
  ['Kubernets', 'kubernetes'],
  ['embeded', 'embedded'],
])('%s: the closest name is suggested', async (name, closest) => {
  expect(await errorOf(loadBackend(name))).toMatchObject({ advice: `Did you mean "${closest}"?` });
});

test('a missing package is reported with the command that installs it', async () => {
  const missing = '@sandpod/not-there';
  const error = await errorOf(loadListing('elsewhere', { package: missing, description: '', load: () => import(missing) }));
  expect(error).toMatchObject({ code: 'backend-not-installed', details: { package: missing, command: `npm install ${missing}` } });
  expect(error.message).toBe(
    `The back end "elsewhere" needs the package ${missing}, which is not installed. Install it with: npm install ${missing}`,
  );
});

test('a broken package is not reported as missing', async () => {
  const load = (): never => {
    throw new SyntaxError('Unexpected end of input');
  };
  const error = await errorOf(loadListing('embedded', { package: '@sandpod/embedded', description: '', load }));
  expect(error.code).toBe('backend-not-installed');
  expect(error.message).toContain('cannot be loaded: Unexpected end of input');
});

test('a package version without a back end is not reported as missing', async () => {
  const load = async (): Promise<never> => undefined as never;
  const error = await errorOf(loadListing('embedded', { package: '@sandpod/embedded', description: '', load }));
  expect(error.message).toContain('cannot be loaded: it does not export a back end. Reinstall it with: npm install @sandpod/embedded');
});
