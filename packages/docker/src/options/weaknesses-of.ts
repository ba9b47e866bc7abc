import { boundDirectory } from './bound-directory.ts';
import { namesOfCreateOptions } from './create-options.ts';
import { allowsEscalation, type DockerOptions, isRoot } from './docker-options-schema.ts';

/** The sentence for containers without an expiry. */
const NEVER_EXPIRES =
  'Containers may have no expiry (expiresInMs: null), so they run until someone removes them, even if the client is gone.';

/** Returns one sentence for each protection that the options weaken. */
export function weaknessesOf(options: DockerOptions): string[] {
  const bound = boundDirectory(options);
  const raw = namesOfCreateOptions(options.createOptions);
  return [
    ...(options.network === 'none' ? [] : [`The container is connected to the network ${options.network}.`]),
    ...(isRoot(options.user) ? ['Programs run as root in the container (runAsRoot).'] : []),
    ...(options.writableRoot ? ['The root file system is writable, without a size limit (writableRoot).'] : []),
    ...(options.capabilities.length === 0 ? [] : [`Programs have the capabilities ${options.capabilities.join(', ')} (capabilities).`]),
    ...(allowsEscalation(options) ? ['Programs may gain privileges (allowPrivilegeEscalation).'] : []),
    ...(bound === undefined ? [] : [`The workspace is the host directory ${bound}, without a size limit.`]),
    ...options.extraVolumes.map((volume) => `The volume ${volume} on the daemon's machine is mounted.`),
    ...(options.deviceRequests.length === 0 ? [] : ['The container can use devices of the host.']),
    ...(options.autoRemove === false
      ? ['When the scope of an executor ends, its container keeps running until it expires (autoRemove: false).']
      : []),
    ...(options.expiresInMs === null ? [NEVER_EXPIRES] : []),
    ...(raw.length === 0 ? [] : [`createOptions sets ${raw.join(', ')}.`]),
  ];
}
