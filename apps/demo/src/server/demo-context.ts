import type { DemoModel } from '../agent/scripted-model.ts';
import type { ModelInfo } from '../api-types.ts';
import type { BackendCatalog, BackendOptionsFor } from './backend-catalog.ts';
import type { SessionStore } from './session-store.ts';

/** The context that all routes of a server share. */
export interface DemoContext {
  readonly sessions: SessionStore;
  readonly catalog: BackendCatalog;
  readonly backendOptionsFor: BackendOptionsFor;
  readonly defaultBackend: string;
  readonly defaultApproval: boolean;
  readonly model: DemoModel;
  readonly modelInfo: ModelInfo;
  /** Present if other machines can reach the server. */
  readonly warning?: string;
  /** Called with each unexpected error. */
  readonly onError: (error: unknown) => void;
}
