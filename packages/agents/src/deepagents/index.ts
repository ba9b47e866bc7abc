export type { DeepAgentsBackendOptions } from './deep-agents-backend-options.ts';
export type { SandpodBackend } from './sandpod-backend.ts';
export { toDeepAgentsBackend } from './to-deep-agents-backend.ts';
