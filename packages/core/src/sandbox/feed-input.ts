import { streamOf } from './text-content.ts';

/**
 * Writes everything to a process's standard input and closes it.
 *
 * A process that ends without reading it all is not an error, as with a pipe. A failing source closes the input early and rejects.
 */
export async function feedInput(
  stdin: WritableStream<Uint8Array>,
  content: string | Uint8Array | ReadableStream<Uint8Array>,
): Promise<void> {
  const source = content instanceof ReadableStream ? content : streamOf(typeof content === 'string' ? Buffer.from(content) : content);
  const writer = stdin.getWriter();
  let isBroken = false;
  const broken = writer.closed.catch(() => {
    isBroken = true;
  });
  try {
    for await (const chunk of source) {
      await Promise.race([writer.ready.catch(() => {}), broken]);
      if (isBroken) return;
      writer.write(chunk).catch(() => {});
    }
  } finally {
    await writer.close().catch(() => {});
  }
}
