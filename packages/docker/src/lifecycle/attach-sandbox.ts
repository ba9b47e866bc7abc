import type { AttachOptions } from '@sandpod/core';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import { findRunning } from './find-running.ts';
import type { Machinery } from './machinery.ts';
import { openInspected } from './open-sandbox.ts';

/** Opens a running sandbox, even if another process created it. */
export async function attachSandbox(machinery: Machinery, options: AttachOptions): Promise<DockerSandbox> {
  return openInspected(machinery, await findRunning(machinery.docker, options), 'keep');
}
