import type Docker from 'dockerode';

/** What a provider has learned about its daemon and its containers, for `describe()`. */
export class DaemonNotes {
  /** Undefined until a container was created. */
  version: string | undefined;
  /** The daemon's warnings about the last container. */
  warnings: readonly string[] = [];
  /** A container of this provider was once without an expiry. */
  hasEndless = false;

  noteExpiry(expiresInMs: number | null | undefined): void {
    if (expiresInMs === null) this.hasEndless = true;
  }

  /** Asks for the daemon's version once. Never rejects. */
  async learnVersion(docker: Docker): Promise<void> {
    if (this.version !== undefined) return;
    await docker.version().then(
      ({ Version }) => {
        this.version = Version;
      },
      () => {},
    );
  }
}
