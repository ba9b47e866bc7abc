/** The text that one part of a pattern matches. */
export type GlobNode =
  | { readonly kind: 'one'; readonly matches: Matches }
  | { readonly kind: 'many'; readonly matches: Matches; readonly atLeast: 0 | 1 }
  | { readonly kind: 'optional'; readonly nodes: readonly GlobNode[] }
  | { readonly kind: 'either'; readonly alternatives: readonly (readonly GlobNode[])[] };

export type Matches = (codePoint: number) => boolean;

type State =
  | { readonly kind: 'one'; readonly matches: Matches; readonly next: number }
  | { readonly kind: 'fork'; readonly next: readonly number[] }
  | { readonly kind: 'end' };

/**
 * Matches text against any pattern in at most (length of the text) × (length of the pattern) steps.
 *
 * It follows all possible matches at the same time. The standard library's `matchesGlob` backtracks, so a pattern of 20 characters can take
 * minutes.
 */
export class GlobAutomaton {
  readonly #states: State[] = [{ kind: 'end' }];
  readonly #start: number;
  /** For each state, the last step in which it was reached. */
  readonly #reachedIn: Uint32Array;
  #active: number[] = [];
  #step = 0;

  constructor(nodes: readonly GlobNode[]) {
    this.#start = this.#addAll(nodes, 0);
    this.#reachedIn = new Uint32Array(this.#states.length);
  }

  matches(codePoints: readonly number[]): boolean {
    this.#reachedIn.fill(0);
    this.#step = 1;
    this.#active = [];
    this.#reach(this.#start);
    for (const codePoint of codePoints) this.#take(codePoint);
    return this.#reachedIn[0] === this.#step;
  }

  #take(codePoint: number): void {
    const before = this.#active;
    this.#active = [];
    this.#step += 1;
    for (const index of before) {
      const state = this.#states[index];
      if (state?.kind === 'one' && state.matches(codePoint)) this.#reach(state.next);
    }
  }

  /** Activates a state and all states that can be reached from it without consuming text. */
  #reach(index: number): void {
    if (this.#reachedIn[index] === this.#step) return;
    this.#reachedIn[index] = this.#step;
    const state = this.#states[index];
    if (state?.kind === 'fork') for (const next of state.next) this.#reach(next);
    else if (state?.kind === 'one') this.#active.push(index);
  }

  /** Adds states that match the nodes in order and then lead to the state `next`. Returns the first of these states. */
  #addAll(nodes: readonly GlobNode[], next: number): number {
    return nodes.reduceRight((following, node) => this.#addNode(node, following), next);
  }

  #addNode(node: GlobNode, next: number): number {
    if (node.kind === 'one') return this.#add({ ...node, next });
    if (node.kind === 'optional') return this.#add({ kind: 'fork', next: [this.#addAll(node.nodes, next), next] });
    if (node.kind === 'either') return this.#add({ kind: 'fork', next: node.alternatives.map((nodes) => this.#addAll(nodes, next)) });
    const again = this.#states.length + 1;
    const one = this.#add({ kind: 'one', matches: node.matches, next: again });
    this.#add({ kind: 'fork', next: [one, next] });
    return node.atLeast === 1 ? one : again;
  }

  #add(state: State): number {
    return this.#states.push(state) - 1;
  }
}
