import type { Sandbox } from '@sandpod/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedSandboxProvider } from '../src/index.ts';

const MiB = 1024 * 1024;
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await new EmbeddedSandboxProvider().create();
});

afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
});

async function guest(code: string): Promise<string> {
  return (await sandbox.run({ argv: ['python3', '-c', code] })).stdout;
}

describe('files', () => {
  it('are read back byte for byte', async () => {
    const contents = [
      new Uint8Array(0),
      Uint8Array.of(0),
      Uint8Array.of(0xff, 0xfe, 0, 0x80, 10, 13),
      new Uint8Array(3 * MiB).map((_, index) => index % 253),
    ];
    for (const [index, content] of contents.entries()) {
      await sandbox.writeBinaryFile({ path: `deep/er/${index}`, content });
      expect(Buffer.compare((await sandbox.readBinaryFile({ path: `deep/er/${index}` })) ?? Buffer.of(1), content)).toBe(0);
      expect(await sandbox.stat({ path: `deep/er/${index}` })).toMatchObject({ type: 'file', size: content.length });
    }
  });

  it('of 50 MiB are transferred each way within seconds', async () => {
    const content = new Uint8Array(50 * MiB).fill(7);
    const started = performance.now();
    await sandbox.writeBinaryFile({ path: '/tmp/large', content });
    const wroteMs = performance.now() - started;
    const read = await sandbox.readBinaryFile({ path: '/tmp/large' });
    process.stdout.write(`50 MiB: written in ${Math.round(wroteMs)} ms, read in ${Math.round(performance.now() - started - wroteMs)} ms\n`);
    expect(Buffer.compare(read ?? Buffer.of(), content)).toBe(0);
    expect(performance.now() - started).toBeLessThan(10_000);
    await sandbox.deleteFile({ path: '/tmp/large' });
  });

  it.each(['new\nline', '"quo\'te"', '-rf', ' spaces ', 'é\u{1f600}', '$(x)', 'a'.repeat(255)])('may have the name %j', async (name) => {
    await sandbox.writeTextFile({ path: `/workspace/names/${name}`, content: name });
    expect(await sandbox.readTextFile({ path: `/workspace/names/${name}` })).toBe(name);
    expect((await sandbox.listDirectory({ path: 'names' }))?.map((entry) => entry.name)).toContain(name);
    expect(await guest(`import os,sys; sys.stdout.write(open("names/" + ${JSON.stringify(name)}).read())`)).toBe(name);
  });

  it('that are missing yield null or false, and directories are refused', async () => {
    await sandbox.writeTextFile({ path: 'directory/file', content: 'x' });
    expect(await sandbox.readFile({ path: 'missing' })).toBeNull();
    expect(await sandbox.readFile({ path: 'missing/below' })).toBeNull();
    expect(await sandbox.stat({ path: 'missing' })).toBeNull();
    expect(await sandbox.listDirectory({ path: 'missing' })).toBeNull();
    expect(await sandbox.deleteFile({ path: 'missing' })).toBe(false);
    expect(await sandbox.deleteFile({ path: 'directory/file' })).toBe(true);
    await expect(sandbox.readFile({ path: 'directory' })).rejects.toMatchObject({ code: 'is-directory' });
    await expect(sandbox.writeTextFile({ path: 'directory', content: '' })).rejects.toMatchObject({ code: 'is-directory' });
    await expect(sandbox.deleteFile({ path: 'directory' })).rejects.toMatchObject({ code: 'is-directory' });
    await sandbox.writeTextFile({ path: 'plain', content: 'x' });
    await expect(sandbox.listDirectory({ path: 'plain' })).rejects.toMatchObject({ code: 'not-directory' });
    await expect(sandbox.writeTextFile({ path: 'plain/below', content: '' })).rejects.toMatchObject({ code: 'not-directory' });
  });

  it('change only once the new content has arrived completely', async () => {
    await sandbox.writeTextFile({ path: 'whole', content: 'old' });
    let send: ReadableStreamDefaultController<Uint8Array> | undefined;
    const content = new ReadableStream<Uint8Array>({
      start: (controller) => {
        send = controller;
      },
    });
    const writing = sandbox.writeFile({ path: 'whole', content });
    send?.enqueue(Buffer.from('new '));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await sandbox.readTextFile({ path: 'whole' })).toBe('old');
    send?.enqueue(Buffer.from('content'));
    send?.close();
    await writing;
    expect(await sandbox.readTextFile({ path: 'whole' })).toBe('new content');
  });

  it('stay unchanged if the source fails or the write is aborted', async () => {
    await sandbox.writeTextFile({ path: 'kept', content: 'old' });
    const failing = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(Buffer.from('part'));
        controller.error(new Error('source broke'));
      },
    });
    await expect(sandbox.writeFile({ path: 'kept', content: failing })).rejects.toThrow('source broke');
    const reason = new Error('no longer wanted');
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(1000)) });
    const controller = new AbortController();
    const writing = sandbox.writeFile({ path: 'kept', content: endless, abortSignal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await expect(writing).rejects.toBe(reason);
    expect(await sandbox.readTextFile({ path: 'kept' })).toBe('old');
  });

  it('larger than the limit of a read are refused, even if they have no end', async () => {
    await sandbox.writeTextFile({ path: 'ten', content: '0123456789' });
    expect(await sandbox.readTextFile({ path: 'ten', maxBytes: 10 })).toBe('0123456789');
    await expect(sandbox.readTextFile({ path: 'ten', maxBytes: 9 })).rejects.toMatchObject({ code: 'file-too-large' });
    await expect(sandbox.readBinaryFile({ path: '/dev/zero', maxBytes: MiB })).rejects.toMatchObject({ code: 'file-too-large' });
  });

  it('in a directory of 6,000 entries are all listed', async () => {
    await guest('import os\nos.mkdir("many")\nfor i in range(6000): open(f"many/{i}", "w").close()');
    const entries = await sandbox.listDirectory({ path: 'many' });
    expect(entries).toHaveLength(6_000);
    expect(entries).toContainEqual({ name: '5999', type: 'file', size: 0, modifiedMs: expect.any(Number) });
  });

  it('are streamed: a reader that cancels or aborts stops the transfer', async () => {
    const content = await sandbox.readFile({ path: '/dev/zero' });
    const reader = content?.getReader();
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
    await reader?.cancel();
    const controller = new AbortController();
    const other = await sandbox.readFile({ path: '/dev/zero', abortSignal: controller.signal });
    const reading = (async () => {
      for await (const chunk of other ?? []) if (chunk.length > 0) controller.abort(new Error('stopped'));
    })();
    await expect(reading).rejects.toThrow('stopped');
    expect(await sandbox.stat({ path: '.' })).toMatchObject({ type: 'directory' });
  });
});

describe('links that guest code creates', () => {
  it('never lead relative paths out of the workspace', async () => {
    await guest(`
import os
open("/tmp/canary", "w").write("canary")
os.symlink("/tmp/canary", "to-file"); os.symlink("/tmp", "to-directory"); os.symlink("to-directory", "two-steps"); os.symlink("loop", "loop")
os.mkdir("inside"); os.symlink("inside", "alias")`);
    for (const path of ['to-file', 'to-directory/canary', 'two-steps/canary']) {
      await expect(sandbox.readTextFile({ path })).rejects.toMatchObject({ code: 'path-outside-workspace' });
      await expect(sandbox.stat({ path })).rejects.toMatchObject({ code: 'path-outside-workspace' });
    }
    for (const path of ['to-directory/new', 'two-steps/new', 'two-steps/deep/new']) {
      await expect(sandbox.writeTextFile({ path, content: 'x' })).rejects.toMatchObject({ code: 'path-outside-workspace' });
    }
    await expect(sandbox.listDirectory({ path: 'two-steps' })).rejects.toMatchObject({ code: 'path-outside-workspace' });
    await expect(sandbox.deleteFile({ path: 'to-directory/canary' })).rejects.toMatchObject({ code: 'path-outside-workspace' });
    await expect(sandbox.run({ argv: ['python3', '-V'], cwd: 'to-directory' })).rejects.toMatchObject({ code: 'invalid-cwd' });
    await expect(sandbox.readTextFile({ path: 'loop' })).rejects.toMatchObject({ code: 'invalid-path' });
    expect(await sandbox.readTextFile({ path: '/tmp/canary' })).toBe('canary');
    expect(await sandbox.stat({ path: '/tmp/new' })).toBeNull();
  });

  it('are replaced by a write, removed by a delete, and followed inside', async () => {
    await sandbox.writeTextFile({ path: 'to-file', content: 'mine' });
    expect(await sandbox.readTextFile({ path: '/tmp/canary' })).toBe('canary');
    expect(await sandbox.readTextFile({ path: 'to-file' })).toBe('mine');
    await sandbox.writeTextFile({ path: 'alias/file', content: 'inside' });
    expect(await sandbox.readTextFile({ path: 'inside/file' })).toBe('inside');
    expect(await sandbox.deleteFile({ path: 'two-steps' })).toBe(true);
    expect((await sandbox.listDirectory({ path: '.' }))?.find(({ name }) => name === 'to-directory')?.type).toBe('symlink');
    expect(await sandbox.listTree()).toContainEqual(expect.objectContaining({ path: 'inside/file', size: 6 }));
  });
});
