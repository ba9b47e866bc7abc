interface Presence {
  readonly listeners: Set<() => void>;
  leaving?: NodeJS.Timeout;
}

export interface Viewer {
  /** Called once if the session ends while the page shows it. */
  onEnd(): void;
  /** Called if no page has shown the session for `graceMs`. */
  onAbandoned(): void;
}

/** Records which pages show each session. */
export class Viewers {
  readonly #graceMs: number;
  readonly #presences = new Map<string, Presence>();

  /** `graceMs` is the number of milliseconds after which a session is considered abandoned when no page shows it anymore. */
  constructor(graceMs: number) {
    this.#graceMs = graceMs;
  }

  /** Returns true if any page shows or has shown the session. */
  hasSeen(id: string): boolean {
    return this.#presences.has(id);
  }

  /** Counts a page as a viewer of the session until the returned function is called. */
  add(id: string, { onEnd, onAbandoned }: Viewer): () => void {
    const presence = this.#presences.get(id) ?? { listeners: new Set<() => void>() };
    this.#presences.set(id, presence);
    clearTimeout(presence.leaving);
    const listener = (): void => onEnd();
    presence.listeners.add(listener);
    return () => {
      if (!presence.listeners.delete(listener) || presence.listeners.size > 0) return;
      presence.leaving = setTimeout(onAbandoned, this.#graceMs);
    };
  }

  /** Notifies the pages that the session has ended, and removes them from the record. */
  end(id: string): void {
    const presence = this.#presences.get(id);
    this.#presences.delete(id);
    clearTimeout(presence?.leaving);
    const listeners = [...(presence?.listeners ?? [])];
    presence?.listeners.clear();
    for (const listener of listeners) listener();
  }
}
