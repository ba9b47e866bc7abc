import { registerSceneTests } from './helpers/register-scene-tests.ts';

registerSceneTests('docker', { flags: ['--image', 'testbed/polyglot:1'] });
