import type { GuestContext, GuestFileSystem } from '../guest/guest-contract.ts';
import { DescriptorTable } from './descriptor-table.ts';
import { DirectoryDescriptor } from './directory-descriptor.ts';
import type { GuestMemory } from './guest-memory.ts';
import { type ResolvedPath, resolveGuestPath } from './guest-path.ts';
import { InputDescriptor, OutputDescriptor } from './stream-descriptors.ts';
import type { WasmMemory } from './web-assembly.ts';

export interface WasiProcessOptions {
  readonly context: GuestContext;
  /** The file system that the process sees. Default: `context.files`. */
  readonly files?: GuestFileSystem;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /**
   * The environment for every request after the first. The C library requests the environment only once, when it starts. wasi-vfs requests
   * it before every call.
   */
  readonly laterEnv?: Readonly<Record<string, string>>;
  /** Receives the memory before the program starts. */
  readonly onMemory?: (memory: WasmMemory) => void;
}

/** The state of one WASI process, which all calls share. */
export class WasiProcess {
  readonly context: GuestContext;
  readonly files: GuestFileSystem;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly laterEnv: Readonly<Record<string, string>>;
  readonly descriptors: DescriptorTable;
  #memory: GuestMemory | undefined;

  constructor(options: WasiProcessOptions) {
    const { context } = options;
    this.context = context;
    this.files = options.files ?? context.files;
    this.argv = options.argv;
    this.env = options.env;
    this.laterEnv = options.laterEnv ?? options.env;
    this.descriptors = new DescriptorTable([
      new InputDescriptor(context),
      new OutputDescriptor(context, 'stdout'),
      new OutputDescriptor(context, 'stderr'),
      new DirectoryDescriptor(this.files, '/', { isPreopened: true }),
    ]);
  }

  get memory(): GuestMemory {
    if (!this.#memory) throw new Error('Expected the memory of the module to be attached before its first call.');
    return this.#memory;
  }

  attach(memory: GuestMemory): void {
    this.#memory = memory;
  }

  /** Resolves a path that a call passes as a directory descriptor and a string in memory. */
  resolve(directory: number, place: { readonly pointer: number; readonly length: number }): ResolvedPath {
    const base = this.descriptors.directory(directory);
    return resolveGuestPath(this.files, base.path, this.memory.path(place.pointer, place.length));
  }
}
