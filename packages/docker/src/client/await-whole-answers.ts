import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type Docker from 'dockerode';

type Callback = (error: Error | null, answer?: unknown) => void;
type Dial = (options: { readonly isStream?: boolean; readonly hijack?: boolean; readonly openStdin?: boolean }, callback: Callback) => void;

/**
 * Makes a client fail where an answer breaks off.
 *
 * docker-modem 5.0.7 reads a short answer by itself and listens for its end alone: a connection that breaks in between leaves the call
 * waiting for ever. So answers are taken as streams, and read here.
 */
export function awaitWholeAnswers(docker: Docker): void {
  const modem = docker.modem as unknown as { dial: Dial };
  const dial = modem.dial.bind(modem);
  modem.dial = (options, callback) => {
    if (options.isStream === true || options.hijack === true || options.openStdin === true) return dial(options, callback);
    dial({ ...options, isStream: true }, (error, answer) => {
      if (error) callback(error);
      else void readAnswer(answer as Readable).then((value) => callback(null, value), callback);
    });
  };
}

/** JSON where it is some, else bytes, as docker-modem has it. */
async function readAnswer(answer: Readable): Promise<unknown> {
  const bytes = await buffer(answer);
  try {
    return JSON.parse(bytes.toString()) ?? bytes;
  } catch {
    return bytes;
  }
}
