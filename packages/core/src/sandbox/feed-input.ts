import { streamOf } from './text-content.ts';

/**
 * Writes all content to the standard input of a process, and then closes the standard input.
 *
 * As with a pipe, it is not an error if the process ends before it has read everything. If the source fails, the
 * standard input is closed early, and the promise rejects.
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
