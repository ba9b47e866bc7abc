import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { BlockingReply } from './blocking-reply.ts';
import type { ToWorker, WorkerLink, WorkerStart } from './worker-messages.ts';

/** Blocks this thread until its program arrives. Passes other messages on. */
export function waitForStart(link: WorkerLink, onOther: (message: Exclude<ToWorker, { type: 'start' }>) => void): WorkerStart {
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
  return look() ?? signal.wait(look);
}
