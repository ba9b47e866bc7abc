import promises from 'readable-stream/lib/stream/promises.js';
import streams from 'readable-stream/lib/stream.js';
import { Buffer } from './buffer.js';

async function buffer(source) {
  const chunks = [];
  for await (const chunk of source) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const text = async (source) => new TextDecoder().decode(await buffer(source));

/** The functions of `stream/consumers`, which the library lacks. */
export const consumers = {
  arrayBuffer: async (source) => (await buffer(source)).buffer,
  buffer,
  json: async (source) => JSON.parse(await text(source)),
  text,
};
export { promises, streams };
