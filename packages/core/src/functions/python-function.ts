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
  /** Packages that pip installs, for example `pandas>=2`. */
  readonly pythonPackages?: readonly string[] | undefined;
  /** Imports at the top of the module that contains the function. */
  readonly globalImports?: readonly GlobalImport[] | undefined;
}

/** A Python function that blocks can import. It is plain data: the client never runs it. */
export interface PythonFunction extends FunctionRequirements {
  /** Exactly one `def` or `async def` with its decorators, at any indentation. */
  readonly source: string;
}
