/** A compiled module. It is opaque and can be posted to a worker thread. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB. @throws {RangeError} if the limit of the memory does not allow this. */
  grow(pages: number): number;
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

export type WasmImports = Record<string, Record<string, (...values: never[]) => number>>;

interface WebAssemblyPlatform {
  readonly Module: { imports(module: WasmModule): readonly { readonly module: string; readonly name: string; readonly kind: string }[] };
  readonly Memory: abstract new () => WasmMemory;
  readonly Instance: new (module: WasmModule, imports: WasmImports) => WasmInstance;
  readonly RuntimeError: abstract new () => Error;
  compile(bytes: Uint8Array): Promise<WasmModule>;
}

/** The part of the platform's WebAssembly API that sandpod uses. Only the browser's type definitions declare the API. */
export const webAssembly: WebAssemblyPlatform = (globalThis as unknown as { readonly WebAssembly: WebAssemblyPlatform }).WebAssembly;
