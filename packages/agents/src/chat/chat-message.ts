/** One message of a chat. */
export interface ChatMessage {
  /** The author: `user`, `writer` (the model), `executor` (results of code), or any other name. */
  readonly source: string;
  readonly text: string;
}

export const USER = 'user';
export const WRITER = 'writer';
export const EXECUTOR = 'executor';
