export interface AdapterModule<Module> {
  /** The sub-path of `@sandpod/agents`. */
  readonly subPath: string;
  /** Packages that the adapter imports, as arguments of `npm install`. */
  readonly peers: readonly string[];
  readonly load: () => Promise<Module>;
}

/**
 * Loads the module of an adapter. If a package is missing, which Node would report with the path of a file in this package, throws an
 * error with the command that installs it.
 */
export async function loadAdapter<Module>({ subPath, peers, load }: AdapterModule<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const missing = missingPackage(error);
    if (missing === undefined) throw error;
    const names = peers.some((peer) => peer.startsWith(`${missing}@`)) ? peers : [missing, ...peers];
    const message = `@sandpod/agents/${subPath} needs the package ${missing}, which is not installed. Install it with: npm install ${names.join(' ')}`;
    throw new Error(message, { cause: error });
  }
}

/** Returns the name of the package that a module could not import. */
function missingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  return /^Cannot find package '((?:@[^'/]+\/)?[^'/]+)/.exec(error.message)?.[1];
}
