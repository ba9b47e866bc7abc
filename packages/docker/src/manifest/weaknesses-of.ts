import { boundDirectory } from './bound-directory.ts';
import { allowsEscalation, type DockerOptions, isRoot } from './docker-options.ts';
import { namesOfCreateOptions } from './merge-create-options.ts';

/** One sentence for each protection that the options weaken. */
export function weaknessesOf(options: DockerOptions): string[] {
  const bound = boundDirectory(options);
  const raw = namesOfCreateOptions(options.createOptions);
  return [
    ...(options.network === 'none' ? [] : [`The container is in the network ${options.network}.`]),
    ...(isRoot(options.user) ? ['Programs run as root of the container (runAsRoot).'] : []),
    ...(options.writableRoot ? ['The root file system is writable, without a size limit (writableRoot).'] : []),
    ...(options.capabilities.length === 0 ? [] : [`Programs have the capabilities ${options.capabilities.join(', ')} (capabilities).`]),
    ...(allowsEscalation(options) ? ['Programs may gain privileges (allowPrivilegeEscalation).'] : []),
    ...(bound === undefined ? [] : [`The host directory ${bound} is the workspace, without a size limit.`]),
    ...options.extraVolumes.map((volume) => `The host's ${volume} is mounted.`),
    ...(options.deviceRequests.length === 0 ? [] : ['Host devices are handed in.']),
    ...(!options.autoRemove ? ['The container outlives its sandbox object, until it expires.'] : []),
    ...(raw.length === 0 ? [] : [`createOptions sets ${raw.join(', ')}.`]),
  ];
}
