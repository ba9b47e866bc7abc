import { expect, test } from 'vitest';
import { resolvePodOptions } from '../options/resolve-pod-options.ts';
import { leaseJob } from './lease-job.ts';
import { nameInstance } from './name-instance.ts';
import { nameJob } from './name-job.ts';

const options = resolvePodOptions({ automountServiceAccountToken: true, privileged: true, runAsRoot: true });
const instance = nameInstance(options, { namespace: 'here' });
const reservation = { namespace: 'here', sandboxName: 'mine', id: 'x', lease: { name: 'x', uid: 'u' }, attempt: 'a' };

test.for([
  ['lease', leaseJob(options, instance)],
  ['reservation of a name', nameJob(options, reservation)],
] as const)('a %s can never run a pod, and its template is hardened whatever the options weaken', ([, { spec }]) => {
  expect(spec?.parallelism === 0 || spec?.suspend === true).toBe(true);
  expect(spec?.template.spec).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
  });
});
