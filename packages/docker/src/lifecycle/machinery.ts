import type Docker from 'dockerode';
import type { DockerOptions } from '../options/docker-options-schema.ts';
import type { DaemonNotes } from './daemon-notes.ts';

/** What every step of a container's life works with. */
export interface Machinery {
  readonly docker: Docker;
  readonly options: DockerOptions;
  readonly notes: DaemonNotes;
}
