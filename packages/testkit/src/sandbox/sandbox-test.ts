import type { Theme } from '../suite/conformance-test.ts';
import type { SandboxContext } from './sandbox-context.ts';
import type { SandboxRequirement } from './sandbox-requirements.ts';

export type SandboxTheme = Theme<SandboxContext, SandboxRequirement>;
