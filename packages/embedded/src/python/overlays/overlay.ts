/** Python code that runs after CPython's own code of a module, in the same namespace. */
export interface Overlay {
  /** Path in the library without its ending, such as `asyncio/unix_events`. */
  readonly module: string;
  readonly code: string;
}

// The code begins below the last line of any original: tracebacks through CPython's own code, whose source is not here,
// would otherwise show our lines.
const RUN_ORIGINAL = `${'\n'.repeat(5000)}from _sandpod_start import run_original as _run_original
_run_original(globals())
`;

/** Puts overlays on a library: `x.py` wins over `x.pyc`, so that one is kept under a name no import looks for. */
export function addOverlays(
  files: Map<string, Uint8Array>,
  options: { readonly folder: string; readonly overlays: readonly Overlay[] },
): void {
  for (const { module, code } of options.overlays) {
    const path = `${options.folder}/${module}`;
    const original = files.get(`${path}.pyc`);
    if (!original) throw new Error(`Expected "${module}" in the Python library; it is not there.`);
    files.delete(`${path}.pyc`);
    files.set(`${path}.original`, original);
    files.set(`${path}.py`, Buffer.from(`${RUN_ORIGINAL}${code}`));
  }
}
