import type { DemoMessage } from '../../api-types.ts';

/** A line between messages that reports a new sandbox. Later messages use that sandbox. */
export interface Notice {
  /** The id of the message above the notice. Null if the notice is at the top. */
  readonly after: string | null;
  readonly text: string;
}

/** The data that is kept after a reload. */
export interface SavedChat {
  readonly version: 1;
  readonly session?: string;
  readonly backend?: string;
  readonly approval?: boolean;
  readonly messages: readonly DemoMessage[];
  readonly notices: readonly Notice[];
}

const KEY = 'sandpod-chat';

/** Maximum size of a saved chat in characters of two bytes. Browsers store about 5 MiB per site. */
const MAX_CHARACTERS = 2_000_000;

const EMPTY: SavedChat = { version: 1, messages: [], notices: [] };

/** Returns the saved chat of this tab, or an empty chat if there is no valid saved chat. */
export function loadChat(storage: Storage = sessionStorage): SavedChat {
  try {
    const saved: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    return isSavedChat(saved) ? saved : EMPTY;
  } catch {
    return EMPTY;
  }
}

/**
 * Saves the chat for a reload. If the chat is too large, first removes images, whose files remain in the workspace, and then the oldest
 * messages.
 */
export function saveChat(chat: SavedChat, storage: Storage = sessionStorage): void {
  const text = JSON.stringify(fitChat(chat, MAX_CHARACTERS));
  try {
    storage.setItem(KEY, text);
  } catch {
    storage.removeItem(KEY);
  }
}

/** Returns the part of a chat that fits into `maxCharacters` of JSON. It always contains the newest message. */
export function fitChat(chat: SavedChat, maxCharacters: number): SavedChat {
  if (JSON.stringify(chat).length <= maxCharacters) return chat;
  const messages = chat.messages.map(withoutPictures);
  let size = JSON.stringify({ ...chat, messages }).length;
  let first = 0;
  while (size > maxCharacters && first < messages.length - 1) {
    size -= JSON.stringify(messages[first]).length;
    first += 1;
  }
  return { ...chat, messages: messages.slice(first) };
}

/** Removes image data from a message. The server and the workspace still have the images. */
export function withoutPictures(message: DemoMessage): DemoMessage {
  return { ...message, parts: message.parts.map(withoutData) };
}

function withoutData(part: DemoMessage['parts'][number]): DemoMessage['parts'][number] {
  if (part.type !== 'tool-run_code' || part.state !== 'output-available') return part;
  const files = part.output.files.map(({ data: _, ...file }) => file);
  return { ...part, output: { ...part.output, files } };
}

function isSavedChat(value: unknown): value is SavedChat {
  if (typeof value !== 'object' || value === null) return false;
  return 'version' in value && value.version === 1 && 'messages' in value && Array.isArray(value.messages) && 'notices' in value;
}
