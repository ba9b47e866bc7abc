import { describe, expect, it } from 'vitest';
import { backendOptionsFor, HELP, parseDemoOptions } from './demo-options.ts';

describe('parseDemoOptions', () => {
  it('by default listens only on this machine and uses the embedded back end', () => {
    expect(parseDemoOptions([], {})).toEqual({
      backend: 'embedded',
      backendOptions: {},
      isTerminal: false,
      hostname: '127.0.0.1',
      opensBrowser: true,
      needsApproval: false,
    });
  });

  it('prefers flags to the environment', () => {
    const flags = [
      '--on',
      'pod',
      '-n',
      'team',
      '--image',
      'python:3',
      '--port',
      '0',
      '--host',
      '0.0.0.0',
      '--no-open',
      '--approve',
      '--terminal',
    ];
    expect(parseDemoOptions(flags, { SANDPOD_DEMO_BACKEND: 'docker' })).toEqual({
      backend: 'pod',
      backendOptions: { image: 'python:3', namespace: 'team' },
      isTerminal: true,
      port: 0,
      hostname: '0.0.0.0',
      opensBrowser: false,
      needsApproval: true,
    });
    expect(parseDemoOptions([], { SANDPOD_DEMO_BACKEND: 'docker' })).toMatchObject({ backend: 'docker' });
  });

  it('ignores the "--" that a package manager passes on', () => {
    expect(parseDemoOptions(['--', '--terminal'], {})).toMatchObject({ isTerminal: true });
  });

  it.each([['--port', 'x'], ['--port', '70000'], ['--on', 'mainframe'], ['--what'], ['stray']])('refuses %s %s', (...flags) => {
    expect(() => parseDemoOptions(flags, {})).toThrow(
      expect.objectContaining({ name: 'UsageError', advice: expect.stringContaining('--help') }),
    );
  });

  it('lists all flags and variables in its help', () => {
    expect(parseDemoOptions(['-h'], {})).toBe('help');
    for (const word of ['--on', '--terminal', '--host', 'SANDPOD_DEMO_MODEL', 'OLLAMA_MODEL', 'embedded, docker, pod'])
      expect(HELP).toContain(word);
  });
});

it('passes a back end only the options that it has', async () => {
  const given = { image: 'python:3', namespace: 'team' };
  expect(await backendOptionsFor('embedded', given)).toEqual({});
  expect(await backendOptionsFor('docker', given)).toEqual({ image: 'python:3' });
  expect(await backendOptionsFor('pod', given)).toEqual(given);
});
