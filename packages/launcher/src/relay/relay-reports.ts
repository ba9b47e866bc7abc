import { malformedAnswer } from '@sandpod/core/backend';
import { parseProcess, parseSize } from '../parse-answer.ts';
import type { RelayListener } from './relay-channel.ts';
import { RELAY_PROGRAMS } from './relay-programs.ts';

const PROBLEMS: readonly string[] = ['refused', 'missing', 'broken', 'input'];
const PROGRAMS: readonly string[] = RELAY_PROGRAMS;

/** Checks the reports of one relay and passes them on. Guest code may have sent them. */
export class RelayReports {
  readonly #listener: Pick<RelayListener, 'onProcess' | 'onConnected' | 'onProblem' | 'onServiceEnd'>;
  #phase: 'connecting' | 'connected' | 'ended' = 'connecting';

  constructor(listener: RelayListener) {
    this.#listener = listener;
  }

  /** @throws {SandpodError} `transport` if the report is malformed, or is not possible at this time. */
  receive(report: string): void {
    const payload = report.slice(1);
    if (report.startsWith('@') && this.#phase === 'connecting') this.#listener.onProcess(parseProcess(payload));
    else if (report.startsWith('!') && PROBLEMS.includes(payload)) this.#listener.onProblem(payload);
    else if (report.startsWith('+') && this.#phase === 'connecting' && PROGRAMS.includes(payload)) this.#connected(payload);
    else if (report.startsWith('-') && this.#phase === 'connected') this.#ended(payload);
    else throw malformedAnswer('a report of a relay', report);
  }

  #connected(relay: string): void {
    this.#phase = 'connected';
    this.#listener.onConnected(relay);
  }

  #ended(total: string): void {
    this.#phase = 'ended';
    this.#listener.onServiceEnd(total === '' ? undefined : parseSize(total));
  }
}
