import type Docker from 'dockerode';

/** What a provider has learned about its daemon, for `describe()`. */
export class DaemonNotes {
  /** Undefined until a container was created. */
  version: string | undefined;
  /** The daemon's warnings about the last container. */
  warnings: readonly string[] = [];

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
