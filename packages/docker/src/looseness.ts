import type { DockerOptions } from './docker-options.ts';
import { namesOfCreateOptions } from './merge-create-options.ts';

/** One sentence for each protection that the options weaken. */
export function looseness(options: DockerOptions): string[] {
  const raw = namesOfCreateOptions(options.createOptions);
  return [
    ...(options.network === 'none' ? [] : [`The container is in the network ${options.network}.`]),
    ...(/^0+:/.test(options.user) ? ['Programs run as root of the container.'] : []),
    ...(options.writableRoot ? ['The root file system is writable, without a size limit.'] : []),
    ...(options.bindDir === undefined ? [] : [`The host directory ${options.bindDir} is the workspace, without a size limit.`]),
    ...options.extraVolumes.map((volume) => `The host's ${volume} is mounted.`),
    ...(options.deviceRequests.length === 0 ? [] : ['Host devices are handed in.']),
    ...(options.keepContainer ? ['The container outlives its sandbox object, until it expires.'] : []),
    ...(raw.length === 0 ? [] : [`createOptions sets ${raw.join(', ')}.`]),
  ];
}
