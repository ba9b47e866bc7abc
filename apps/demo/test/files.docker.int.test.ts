import { registerFileTests } from './helpers/register-file-tests.ts';

registerFileTests('docker', { flags: ['--image', 'testbed/polyglot:1'] });
