/** What the demo's server and its page say to each other over HTTP; types only, so that both sides may import it. */
import type { CodeToolOutput } from '@sandpod/agents/ai-sdk';
import type { Description, LanguageCapability } from '@sandpod/core';
import type { UIMessage } from 'ai';

/** The header that every request other than GET must carry, with the value `1`: another site's page cannot send it. */
export type DemoHeaderName = 'x-sandpod-demo';

/** `scripted`: no model at all; the answers are written in advance, only the code's results are real. */
export type ModelKind = 'scripted' | 'openai-compatible' | 'anthropic' | 'google' | 'ollama';

export interface ModelInfo {
  readonly kind: ModelKind;
  /** As the model's service calls it; `scripted` for the scripted one. */
  readonly name: string;
}

/** One back end of the registry. */
export interface BackendChoice {
  readonly name: string;
  /** One line for menus. */
  readonly title: string;
  /** Null: not looked at yet, or still being looked at; ask for the information again. */
  readonly available: boolean | null;
  /** What is missing and how to mend it; present when `available` is false. */
  readonly advice?: string;
}

/** A prompt that the scripted model has an answer for; any other model can be asked the same. */
export interface SceneInfo {
  readonly id: string;
  readonly title: string;
  readonly prompt: string;
}

/** `GET /api/info` */
export interface DemoInfo {
  readonly backends: readonly BackendChoice[];
  readonly defaultBackend: string;
  readonly model: ModelInfo;
  readonly scenes: readonly SceneInfo[];
  /** Whether a new session asks before it runs code, unless it is told otherwise. */
  readonly defaultApproval: boolean;
  /** Bytes that one uploaded file may have. */
  readonly maxUploadBytes: number;
  /** Present when the server can be reached from other machines: a warning to show. */
  readonly warning?: string;
}

/** Body of `POST /api/sessions`. */
export interface CreateSessionRequest {
  readonly backend?: string;
  readonly approval?: boolean;
}

/** Body of `PATCH /api/sessions/:id`. */
export interface ChangeSessionRequest {
  readonly approval: boolean;
}

/** Answer of `POST /api/sessions`, `GET /api/sessions/:id` and `PATCH /api/sessions/:id`. */
export interface SessionDocument {
  /** 128 random bits: whoever knows it may use the session. */
  readonly id: string;
  readonly backend: string;
  /** True: every run waits for the person's consent. */
  readonly approval: boolean;
  readonly description: Description;
  readonly languages: readonly LanguageCapability[];
  /** True while an answer is being written or files are transferred. */
  readonly busy: boolean;
}

/**
 * Events of `GET /api/sessions/:id/alive`, without data: `alive` at once, `ping` now and then, and `closed` when the session has ended.
 * The session ends some seconds after the last of these streams has.
 */
export type AliveEvent = 'alive' | 'ping' | 'closed';

/** Codes of failures that are the demo's own; all others are codes of `SandpodError`. */
export type DemoErrorCode =
  | 'bad-request'
  | 'forbidden'
  | 'not-found'
  | 'session-not-found'
  | 'too-many-sessions'
  | 'session-busy'
  | 'upload-too-large'
  | 'model-failed'
  | 'internal';

/** What failed and what to do about it; fit to be shown. */
export interface DemoError {
  /** A `DemoErrorCode`, or a code of `SandpodError`. */
  readonly code: string;
  readonly message: string;
  readonly advice?: string;
}

/**
 * Body of every failed request.
 *
 * The text of an `error` part in a chat stream, and the `errorText` of a failed tool part, is the same document as JSON.
 */
export interface ErrorDocument {
  readonly error: DemoError;
}

export interface WorkspaceFile {
  /** Relative to the workspace, `/` between parts. Written by guest code: show it as text only. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
}

/** `GET /api/sessions/:id/files` */
export interface FileListing {
  readonly files: readonly WorkspaceFile[];
  /** True when there are more files than are listed. */
  readonly truncated: boolean;
}

/** Answer of `PUT /api/sessions/:id/files/<path>`. */
export interface UploadedFile {
  readonly path: string;
  readonly size: number;
}

/** Who wrote the code of a message: a scene, a model, or the person, whose fenced code runs as it is. */
export type AnswerSource = 'scripted' | 'model' | 'person';

export interface MessageMetadata {
  readonly source?: AnswerSource;
  readonly model?: ModelInfo;
}

/** What a model, or the person, gives to the tool `run_code`. */
export interface RunCodeInput {
  readonly code: string;
  readonly language?: string;
}

/** The demo's tools as the AI SDK's message types want them: part `tool-run_code`. */
export type DemoTools = {
  run_code: { input: RunCodeInput; output: CodeToolOutput };
};

/** One message of the chat; history is kept by the page and sent with every `POST /api/sessions/:id/chat`. */
export type DemoMessage = UIMessage<MessageMetadata, Record<never, never>, DemoTools>;
