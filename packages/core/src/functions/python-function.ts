/** `from module import name as alias`. */
export interface ImportAlias {
  readonly name: string;
  readonly alias: string;
}

/** `import module`, `import module as alias`, or `from module import name, name as alias`. */
export type GlobalImport =
  | string
  | { readonly module: string; readonly alias: string }
  | { readonly module: string; readonly imports: readonly (string | ImportAlias)[] };

export interface FunctionRequirements {
  /** What pip is to install, for example `pandas>=2`. */
  readonly pythonPackages?: readonly string[] | undefined;
  /** Imports at the top of the module that holds the function. */
  readonly globalImports?: readonly GlobalImport[] | undefined;
}

/** One Python function for blocks to import. Plain data; nothing of it is run on this side. */
export interface PythonFunction extends FunctionRequirements {
  /** Exactly one `def` or `async def` with its decorators, in any indentation. */
  readonly source: string;
}
