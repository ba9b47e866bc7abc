import type Docker from 'dockerode';
import type { DockerOptions } from '../options/docker-options-schema.ts';
import type { DaemonNotes } from './daemon-notes.ts';

/** The objects that all operations of a provider share. */
export interface Machinery {
  readonly docker: Docker;
  readonly options: DockerOptions;
  readonly notes: DaemonNotes;
}
