import { describe, expect, it } from 'vitest';
import type { OutputChunk } from '../contract/process.ts';
import { splitOutput } from './split-output.ts';

const chunk = (stream: OutputChunk['stream'], text: string): OutputChunk => ({ stream, bytes: Buffer.from(text) });

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe('splitOutput', () => {
  it('sends bytes only to the matching stream', async () => {
    const { stdout, stderr } = splitOutput(ReadableStream.from([chunk('stdout', 'a'), chunk('stderr', 'b'), chunk('stdout', 'c')]));
    expect(await Promise.all([textOf(stdout), textOf(stderr)])).toEqual(['ac', 'b']);
  });

  it('stops reading when an unread stream contains about 1 MiB', async () => {
    let pulled = 0;
    const endless = new ReadableStream<OutputChunk>({
      pull(controller) {
        pulled += 1;
        controller.enqueue({ stream: 'stdout', bytes: new Uint8Array(64 * 1024) });
      },
    });
    splitOutput(endless);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(pulled).toBeLessThan(24);
  });

  it('continues with one stream if the other stream is cancelled', async () => {
    const chunks = Array.from({ length: 64 }, () => [
      { stream: 'stderr', bytes: new Uint8Array(64 * 1024) } as const,
      chunk('stdout', '.'),
    ]).flat();
    const { stdout, stderr } = splitOutput(ReadableStream.from(chunks));
    await stderr.cancel();
    expect(await textOf(stdout)).toBe('.'.repeat(64));
  });

  it('fails both streams if the output fails', async () => {
    const broken = new ReadableStream<OutputChunk>({
      pull: (controller) => controller.error(new Error('cut')),
    });
    const { stdout, stderr } = splitOutput(broken);
    await expect(textOf(stdout)).rejects.toThrow('cut');
    await expect(textOf(stderr)).rejects.toThrow('cut');
  });
});
