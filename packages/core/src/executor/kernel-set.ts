import type { Kernel } from '../contract/kernel.ts';

/** The kernels of a session, by key. A lost kernel is removed, and its loss is reported once. They end with their sandbox. */
export class KernelSet {
  readonly #kernels = new Map<string, Kernel>();
  #isStateLost = false;

  /** Returns the kernel with this key. Starts it if there is none. */
  async get(key: string, start: () => Promise<Kernel>): Promise<Kernel> {
    const known = this.#kernels.get(key);
    if (known !== undefined) return known;
    const kernel = await start();
    this.#kernels.set(key, kernel);
    void kernel.lost.then(() => this.#forget(key, kernel));
    return kernel;
  }

  /** Ends a kernel that can no longer be trusted. */
  async drop(key: string): Promise<void> {
    this.#isStateLost ||= this.#kernels.has(key);
    await this.remove(key);
  }

  /** Ends a kernel that is no longer wanted. Its loss is not reported. */
  async remove(key: string): Promise<void> {
    const kernel = this.#kernels.get(key);
    this.#kernels.delete(key);
    await kernel?.[Symbol.asyncDispose]();
  }

  /** Returns true if a kernel was lost since the last call of this method. */
  takeStateLoss(): boolean {
    const isLost = this.#isStateLost;
    this.#isStateLost = false;
    return isLost;
  }

  #forget(key: string, kernel: Kernel): void {
    if (this.#kernels.get(key) !== kernel) return;
    this.#kernels.delete(key);
    this.#isStateLost = true;
  }
}
