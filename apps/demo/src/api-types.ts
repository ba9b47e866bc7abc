/** The HTTP interface between the demo's server and its page. Contains only types, so that both sides can import it. */
import type { CodeToolOutput } from '@sandpod/agents/ai-sdk';
import type { Description, LanguageCapability } from '@sandpod/core';
import type { UIMessage } from 'ai';

/** Every request other than GET must have this header, with the value `1`. A page from another site cannot send it. */
export type DemoHeaderName = 'x-sandpod-demo';

/** `scripted` means that there is no model. The answers were written in advance, and only the results of the code are real. */
export type ModelKind = 'scripted' | 'openai-compatible' | 'anthropic' | 'google' | 'ollama';

export interface ModelInfo {
  readonly kind: ModelKind;
  /** The model's name in its service, or `scripted`. */
  readonly name: string;
}

/** A back end in the registry. */
export interface BackendChoice {
  readonly name: string;
  /** One line for menus. */
  readonly title: string;
  /** Null until the check has finished. In that case, request the information again later. */
  readonly available: boolean | null;
  /** The problem and how to fix it. Present if `available` is false. */
  readonly advice?: string;
}

/** A prompt that the scripted model can answer. It also works with any other model. */
export interface SceneInfo {
  readonly id: string;
  readonly title: string;
  readonly prompt: string;
}

/** Response to `GET /api/info`. */
export interface DemoInfo {
  readonly backends: readonly BackendChoice[];
  readonly defaultBackend: string;
  readonly model: ModelInfo;
  readonly scenes: readonly SceneInfo[];
  /** Default for new sessions. If true, the user must approve every run. */
  readonly defaultApproval: boolean;
  /** Maximum size of an uploaded file, in bytes. */
  readonly maxUploadBytes: number;
  /** A warning for the page. Present if other machines can reach the server. */
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

/** Response to `POST /api/sessions`, `GET /api/sessions/:id` and `PATCH /api/sessions/:id`. */
export interface SessionDocument {
  /** 128 random bits. Anyone who knows the id can use the session. */
  readonly id: string;
  readonly backend: string;
  /** True if every run waits for the user's approval. */
  readonly approval: boolean;
  readonly description: Description;
  readonly languages: readonly LanguageCapability[];
  /** True while an answer is being written or files are transferred. */
  readonly busy: boolean;
}

/**
 * An event in the stream `GET /api/sessions/:id/alive`. Events have no data. The first event is `alive`. After that, the stream regularly
 * contains `ping`. `closed` reports that the session has ended. A session ends a few seconds after its last stream is closed.
 */
export type AliveEvent = 'alive' | 'ping' | 'closed';

/** Error codes that only the demo uses. All other codes are codes of `SandpodError`. */
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

/** An error to show to the user: the cause, and how to fix it. */
export interface DemoError {
  /** A `DemoErrorCode`, or a code of `SandpodError`. */
  readonly code: string;
  readonly message: string;
  readonly advice?: string;
}

/**
 * Response body of every failed request.
 *
 * The text of an `error` part in a chat stream, and the `errorText` of a failed tool part, is the same document as JSON.
 */
export interface ErrorDocument {
  readonly error: DemoError;
}

export interface WorkspaceFile {
  /** Path relative to the workspace, with `/` between its parts. Guest code chose the path, so show it only as text. */
  readonly path: string;
  /** The size in bytes. */
  readonly size: number;
  readonly mediaType: string;
}

/** Response to `GET /api/sessions/:id/files`. */
export interface FileListing {
  readonly files: readonly WorkspaceFile[];
  /** True if there are more files than listed. */
  readonly truncated: boolean;
}

/** Response to `PUT /api/sessions/:id/files/<path>`. */
export interface UploadedFile {
  readonly path: string;
  readonly size: number;
}

/** The author of the code in a message: a scene, a model, or the user. The user's fenced code runs as is. */
export type AnswerSource = 'scripted' | 'model' | 'person';

export interface MessageMetadata {
  readonly source?: AnswerSource;
  readonly model?: ModelInfo;
}

/** Input of the tool `run_code`, from a model or from the user. */
export interface RunCodeInput {
  readonly code: string;
  readonly language?: string;
}

/** The demo's tools, for the AI SDK's message types. The type of the part is `tool-run_code`. */
export type DemoTools = {
  run_code: { input: RunCodeInput; output: CodeToolOutput };
};

/** A message of the chat. The page keeps the history and sends it with every `POST /api/sessions/:id/chat`. */
export type DemoMessage = UIMessage<MessageMetadata, Record<never, never>, DemoTools>;
