import { describe, expect, it } from 'vitest';
import { EXECUTOR_THEMES } from './executor/executor-themes.ts';
import { SANDBOX_THEMES } from './sandbox/sandbox-themes.ts';
import { fullName } from './suite/conformance-test.ts';

describe.each([
  { suite: 'sandbox', themes: SANDBOX_THEMES },
  { suite: 'executor', themes: EXECUTOR_THEMES },
])('the $suite suite', ({ themes }) => {
  it('gives every test a name of its own', () => {
    const names = themes.flatMap((theme) => theme.tests.map((test) => fullName(theme, test)));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('has tests in every theme', () => {
    const empty = themes.filter(({ tests }) => tests.length === 0).map(({ name }) => name);
    expect(empty).toEqual([]);
  });
});
