import { expect, test } from 'vitest';
import { resolvePodOptions } from './resolve-pod-options.ts';

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/sandbox';
const expected = 'runtime/default or localhost/NAME, because no option turns AppArmor off';

test.for(['unconfined', 'Unconfined', '', 'runtime/defaults', 'localhost/'])(
  'an annotation that sets AppArmor to %j is refused in both places',
  (value) => {
    const annotations = { [APP_ARMOR]: value };
    const message = `annotations["${APP_ARMOR}"]: expected ${expected}, given ${JSON.stringify(value)}.`;
    expect(() => resolvePodOptions({ annotations, privileged: true })).toThrow(`pod.${message}`);
    expect(() => resolvePodOptions({ podSpec: { metadata: { annotations } } })).toThrow(`podSpec (the object).metadata.${message}`);
  },
);

test('an annotation that keeps AppArmor on, or is unrelated to it, stays', () => {
  const annotations = { [APP_ARMOR]: 'runtime/default', [`${APP_ARMOR}-2`]: 'localhost/strict', note: 'unconfined' };
  expect(resolvePodOptions({ annotations }).annotations).toEqual(annotations);
  expect(resolvePodOptions({ podSpec: { metadata: { annotations } } }).annotations).toEqual(annotations);
});
