import { registerSceneTests } from './helpers/register-scene-tests.ts';

registerSceneTests('embedded');
