import type { Readable } from 'node:stream';
import type Docker from 'dockerode';

/** Maximum number of bytes in a response. A list of 10,000 containers has fewer than 64 MiB. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

type Callback = (error: Error | null, answer?: unknown) => void;
type Dial = (options: { readonly isStream?: boolean; readonly hijack?: boolean; readonly openStdin?: boolean }, callback: Callback) => void;

/**
 * Makes calls fail if the connection breaks in the middle of a response, or if the response is too large.
 *
 * docker-modem 5.0.7 reads short responses itself, and waits only for their end. If the connection breaks, the call therefore never
 * returns. This function requests the responses as streams and reads the streams itself.
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

/** Returns the parsed JSON, or the bytes if the response is not JSON, as docker-modem does. */
async function readAnswer(answer: Readable): Promise<unknown> {
  const bytes = await readWhole(answer);
  try {
    return JSON.parse(bytes.toString()) ?? bytes;
  } catch {
    return bytes;
  }
}

/** @throws {Error} if the response is too large. The connection is then closed. */
async function readWhole(answer: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) throw new Error(`The Docker daemon sent more than ${MAX_ANSWER_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
