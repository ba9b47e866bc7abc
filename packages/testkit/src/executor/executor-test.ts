import type { Theme } from '../suite/conformance-test.ts';
import type { ExecutorContext } from './executor-context.ts';
import type { ExecutorRequirement } from './executor-requirements.ts';

export type ExecutorTheme = Theme<ExecutorContext, ExecutorRequirement>;
