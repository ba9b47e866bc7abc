import type Docker from 'dockerode';

/** Information about a provider's daemon and containers, for `describe()`. */
export class DaemonNotes {
  /** The daemon's version; undefined until a container has been created. */
  version: string | undefined;
  /** The daemon's warnings about the container that was created last. */
  warnings: readonly string[] = [];
  /** True if this provider has ever had a container without an expiry. */
  hasEndless = false;

  noteExpiry(expiresInMs: number | null | undefined): void {
    if (expiresInMs === null) this.hasEndless = true;
  }

  /** Reads the daemon's version once. Never rejects. */
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
