import { chartScene } from './chart.ts';
import { fixedErrorScene } from './fixed-error.ts';
import { hanoiScene } from './hanoi.ts';
import { longRunScene } from './long-run.ts';
import type { Scene } from './scene.ts';

/** All scenes that the scripted model can play. */
export const SCENES: readonly Scene[] = [hanoiScene, chartScene, fixedErrorScene, longRunScene];
