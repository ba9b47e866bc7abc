import { expect, test } from 'vitest';
import { STRICT_SECCOMP } from './strict-seccomp.ts';

interface Profile {
  readonly defaultAction: string;
  readonly archMap: readonly { readonly subArchitectures: null }[];
  readonly syscalls: readonly {
    readonly names: readonly string[];
    readonly action: string;
    readonly args?: readonly { value: number }[];
  }[];
}

const profile: Profile = JSON.parse(STRICT_SECCOMP.slice('seccomp='.length));
const permitted = profile.syscalls.filter(({ action }) => action === 'SCMP_ACT_ALLOW');

test('what is not listed is refused, on the native architecture alone', () => {
  expect(profile.defaultAction).toBe('SCMP_ACT_ERRNO');
  for (const { subArchitectures } of profile.archMap) expect(subArchitectures).toBeNull();
});

test('calls that are no part of ordinary programs are not listed', () => {
  const names = permitted.flatMap((rule) => rule.names);
  for (const name of ['io_uring_setup', 'io_uring_enter', 'ptrace', 'process_vm_readv', 'bpf', 'keyctl', 'userfaultfd', 'unshare', 'mount'])
    expect(names).not.toContain(name);
  for (const { names: each } of permitted) for (const name of each) expect(name).toMatch(/^[a-z0-9_]+$/);
});

test('sockets have four families, and clone makes no namespaces', () => {
  const sockets = permitted.filter(({ names }) => names.includes('socket'));
  expect(sockets.map(({ args }) => args?.[0]?.value)).toEqual([1, 2, 10, 16]);
  expect(permitted.find(({ names }) => names.includes('clone'))?.args).toMatchObject([{ value: 0x7e02_0000 }]);
});
