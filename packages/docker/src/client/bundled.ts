/** For programs that a bundler turns into one file: `import '@sandpod/docker/bundled'` includes the client library in the file. */
import Docker from 'dockerode';
import { useDockerode } from './create-docker.ts';

useDockerode(Docker);
