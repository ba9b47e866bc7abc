import { CORE } from './list/core.ts';
import { DOCKER } from './list/docker.ts';
import { EMBEDDED } from './list/embedded.ts';
import { KUBERNETES } from './list/kubernetes.ts';
import { LAUNCHER } from './list/launcher.ts';
import { TOOLS } from './list/tools.ts';
import type { Protection } from './protection.ts';

/** Every protection whose removal a test must notice. */
export const ALL_PROTECTIONS: readonly Protection[] = [...CORE, ...LAUNCHER, ...DOCKER, ...KUBERNETES, ...EMBEDDED, ...TOOLS];
