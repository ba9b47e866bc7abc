/** The directory of the packages that functions need, below the workspace. */
export const PACKAGES_DIRECTORY = '.packages';

/**
 * What pip should know in a sandbox, in blocks as well as for functions: it is nobody's system, and where packages are.
 *
 * A `packageIndex` that is no URL is a directory of wheels, relative to the workspace or absolute.
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
