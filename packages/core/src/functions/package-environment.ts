/** The directory in the workspace for the packages that functions need. */
export const PACKAGES_DIRECTORY = '.packages';

/**
 * Returns the environment variables for pip in a sandbox, for blocks and for functions. The variables allow pip to change the system's
 * Python, and set the source from which pip gets packages.
 *
 * If `packageIndex` is not a URL, it is a directory of wheels, relative to the workspace or absolute.
 */
export function packageEnvironment(workspace: string, packageIndex: string | undefined): Readonly<Record<string, string>> {
  return { PIP_BREAK_SYSTEM_PACKAGES: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1', ...indexOf(workspace, packageIndex) };
}

function indexOf(workspace: string, packageIndex: string | undefined): Readonly<Record<string, string>> {
  if (packageIndex === undefined) return {};
  if (packageIndex.includes('://')) return { PIP_INDEX_URL: packageIndex };
  const path = packageIndex.startsWith('/') ? packageIndex : `${workspace}/${packageIndex}`;
  // pip splits this variable at spaces.
  return { PIP_NO_INDEX: '1', PIP_FIND_LINKS: `file://${path.split('/').map(encodeURIComponent).join('/')}` };
}
