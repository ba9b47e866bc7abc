/** For programs that a bundler turns into one file: `import '@sandpod/kubernetes/bundled'` includes the client libraries in the file. */
import * as client from '@kubernetes/client-node';
import * as undici from 'undici';
import { WebSocket } from 'ws';
import { useLibraries } from './libraries.ts';

useLibraries({ client, undici, ws: { WebSocket } });
