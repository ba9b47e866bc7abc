import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { BlockingReply } from './blocking-reply.ts';
import type { ToWorker, WorkerLink, WorkerStart } from './worker-messages.ts';

export interface WaitOptions {
  /** Called with each message that is not a start. */
  readonly onOther: (message: Exclude<ToWorker, { type: 'start' }>) => void;
  /** Called before the thread waits. */
  readonly onIdle: () => void;
}

/** Blocks this thread until its program comes. */
export function waitForStart(link: WorkerLink, { onOther, onIdle }: WaitOptions): WorkerStart {
  const port = parentPort;
  if (port === null) throw new Error('Expected to run on a worker thread.');
  const look = (): WorkerStart | undefined => {
    for (let received = receiveMessageOnPort(port); received; received = receiveMessageOnPort(port)) {
      const message = received.message as ToWorker;
      if (message.type === 'start') return message.start;
      onOther(message);
    }
    return undefined;
  };
  const signal = new BlockingReply(link.signal);
  const start = look();
  if (start !== undefined) return start;
  onIdle();
  return signal.wait(look);
}
