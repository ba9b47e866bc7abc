import { expect, it } from 'vitest';
import { callerNameIn, containerNameOf } from './container-name.ts';

it("a container's name holds the caller's name, where there is one", () => {
  for (const name of ['a', 'my-agent', '0123456789ab']) {
    expect(callerNameIn(`/${containerNameOf({ id: '0123456789ab', name })}`)).toBe(name);
  }
  expect(callerNameIn(`/${containerNameOf({ id: '0123456789ab' })}`)).toBeUndefined();
});

it('a name that looks like an id does not clash with that id', () => {
  expect(containerNameOf({ id: 'other', name: '0123456789ab' })).not.toBe(containerNameOf({ id: '0123456789ab' }));
});
