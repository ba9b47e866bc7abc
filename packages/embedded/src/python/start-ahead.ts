import type { GuestContext, GuestFileSystem } from '../guest/guest-contract.ts';
import type { WasmMemory } from '../wasi/web-assembly.ts';
import { absoluteScript } from './python-arguments.ts';
import { DEFAULT_ENV } from './python-layout.ts';
import { settingOf } from './python-options.ts';
import { type ProgramKind, StartPlaces } from './start-places.ts';

/** Thrown through the interpreter to end it, because the program that arrived cannot use it. */
export class NotUsable extends Error {
  override readonly name = 'NotUsable';
}

/** The environment variables that the interpreter reads before the program is known. */
const READ_EARLY = /^(?:PYTHON.*|LC_.*|LANG|LANGUAGE|HOME|TZ)$/;

/** The file of the sandbox for which the interpreter looks before the program is known. */
const EARLY_FILE = '/usr/lib/python312.zip';

/** The program of an interpreter that waits for it. */
interface Program {
  readonly kind: ProgramKind;
  /** The script's absolute path, the code, or the module's name. */
  readonly source: string;
  /** The values of `sys.argv`. */
  readonly argv: readonly string[];
  /** The interpreter's arguments. */
  readonly args: readonly string[];
}

export interface StartAheadOptions {
  /** The environment variables that most programs have. */
  readonly env: Readonly<Record<string, string>>;
  /** Blocks until a program arrives. Returns undefined if it is not a Python program. */
  readonly wait: () => GuestContext | undefined;
}

/**
 * The context of an interpreter that was started before its program arrived.
 *
 * The interpreter runs until it first needs data of the program. Then it waits, receives the program, and continues as if it had been
 * started with that program.
 */
export class StartAhead implements GuestContext {
  readonly argv = ['python3'] as const;
  readonly cwd = '/';
  readonly #options: StartAheadOptions;
  readonly #places = new StartPlaces();
  #memory: WasmMemory | undefined;
  #given: GuestContext | undefined;
  #program: Program | undefined;
  #isHandedOver = false;

  constructor(options: StartAheadOptions) {
    this.#options = options;
  }

  /** The argument to start the interpreter with. It leaves room for the program. */
  get placeholder(): string {
    return this.#places.placeholder;
  }

  get env(): Readonly<Record<string, string>> {
    return this.#options.env;
  }

  get files(): GuestFileSystem {
    return this.#begun().files;
  }

  get memoryBytes(): number {
    return this.#begun().memoryBytes;
  }

  readInput(length: number): Uint8Array {
    return this.#begun().readInput(length);
  }

  writeOutput(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.#begun().writeOutput(stream, bytes);
  }

  sleep(milliseconds: number): void {
    this.#begun().sleep(milliseconds);
  }

  attach(memory: WasmMemory): void {
    this.#memory = memory;
  }

  /** Returns true for {@link EARLY_FILE} until the program arrives. */
  isAbsent(path: string): boolean {
    return this.#given === undefined && path === EARLY_FILE;
  }

  /** Waits for the program. Returns the size of the text for which the start-up code must make room. Later calls do nothing. */
  begin(): string | undefined {
    if (this.#given !== undefined) return undefined;
    if (!this.#places.find(this.#needMemory())) throw new NotUsable();
    this.#begun();
    return String(this.#text().length);
  }

  /**
   * Passes the program to the interpreter. `box` is the address of a `bytearray` that has the size that `begin` returned. Later calls do
   * nothing, because they would come from the program.
   */
  handOver(box: number): void {
    if (this.#isHandedOver) return;
    this.#isHandedOver = true;
    const { kind, source } = this.#program ?? { kind: 'stdin', source: '' };
    this.#places.fillBox(this.#needMemory(), { box, text: this.#text() });
    this.#places.setProgram(this.#needMemory(), { kind, source });
  }

  #begun(): GuestContext {
    if (this.#given !== undefined) return this.#given;
    const given = this.#options.wait();
    const program = given && this.#readProgram(given);
    if (given === undefined || program === undefined) throw new NotUsable();
    this.#program = program;
    this.#given = given;
    return given;
  }

  #needMemory(): WasmMemory {
    if (this.#memory === undefined) throw new NotUsable();
    return this.#memory;
  }

  /** Returns undefined if the interpreter would have started differently for this program. */
  #readProgram(given: GuestContext): Program | undefined {
    const names = Object.keys({ ...this.env, ...given.env }).filter((name) => READ_EARLY.test(name));
    if (names.some((name) => settingOf(this.env, name) !== settingOf(given.env, name))) return undefined;
    if (Object.keys(given.env).some((name) => name === '' || name.includes('='))) return undefined;
    if (exists(given.files, EARLY_FILE)) return undefined;
    const program = readProgram(given);
    return program !== undefined && this.#places.hasRoom(program.source) ? program : undefined;
  }

  /** The working directory, the number of values of `sys.argv`, these values, the interpreter's arguments, and the environment. */
  #text(): Uint8Array {
    const { argv = [], args = [] } = this.#program ?? {};
    const given = this.#begun();
    const env = Object.entries({ ...DEFAULT_ENV, ...given.env }).flat();
    const parts = [given.cwd, argv.length, args.length, ...argv, ...args, ...env];
    return new TextEncoder().encode(parts.map((part) => String(part).replaceAll('\0', '')).join('\0'));
  }
}

function exists(files: GuestFileSystem, path: string): boolean {
  try {
    files.stat(path);
    return true;
  } catch {
    return false;
  }
}

function readProgram({ argv: [, ...given], cwd }: GuestContext): Program | undefined {
  const [first = '', second, ...rest] = given;
  if (first === '-c' || first === '-m') {
    const kind = first === '-c' ? 'command' : 'module';
    return second === undefined ? undefined : { kind, source: second, argv: [first, ...rest], args: given };
  }
  if (first === '' || first === '-') return { kind: 'stdin', source: '', argv: given.length === 0 ? [''] : given, args: given };
  if (first.startsWith('-')) return undefined;
  const { args, script } = absoluteScript(given, cwd);
  const [source = ''] = args;
  return script === undefined ? undefined : { kind: 'script', source, argv: given, args };
}
