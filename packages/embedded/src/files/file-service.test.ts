import { describe, expect, it } from 'vitest';
import { type FileRequest, REQUEST_BYTES } from './file-request.ts';
import { FileService } from './file-service.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { RemoteFileSystem } from './remote-file-system.ts';

function setUp(): { files: MemoryFileSystem; service: FileService; remote: RemoteFileSystem } {
  const files = new MemoryFileSystem({ workspaceBytes: 8 * 1024 * 1024 });
  const service = new FileService(files);
  const remote = new RemoteFileSystem((request) => service.answer(structuredClone(request)));
  return { files, service, remote };
}

describe('a remote file system', () => {
  it('behaves like the file system behind it', () => {
    const { files, remote } = setUp();
    remote.makeDirectory('/workspace/d');
    const handle = remote.open('/workspace/d/a', { read: true, write: true, create: true });
    const content = new Uint8Array(2_500_000).map((_, index) => index);
    expect(remote.write(handle, 'end', content)).toBe(content.length);
    expect(Buffer.compare(remote.read(handle, 0, 3_000_000), content)).toBe(0);
    remote.truncate(handle, 10);
    remote.close(handle);
    remote.symlink('a', '/workspace/d/s');
    expect(remote.realPath('/workspace/d/s')).toBe('/workspace/d/a');
    expect(remote.stat('/workspace/d/s')).toEqual(files.stat('/workspace/d/a'));
    expect(remote.space()).toEqual(files.space());
    expect(remote.space()).toMatchObject({ totalBytes: 8 * 1024 * 1024, usedBytes: files.tree.quota.usedBytes });
    expect(remote.readDirectory('/workspace/d').map(({ name }) => name)).toEqual(['a', 's']);
    expect(() => remote.unlink('/workspace/none')).toThrow(expect.objectContaining({ code: 'ENOENT', path: '/workspace/none' }));
  });

  it('posts only the bytes to write, not the buffer behind them', () => {
    const { files } = setUp();
    const requests: FileRequest[] = [];
    const service = new FileService(files);
    const remote = new RemoteFileSystem((request) => {
      requests.push(request);
      return service.answer(request);
    });
    const handle = remote.open('/workspace/a', { write: true, create: true });
    remote.write(handle, 0, new Uint8Array(new ArrayBuffer(10_000_000), 5, 3));
    expect(requests[1]?.parameters[2]).toMatchObject({ buffer: { byteLength: 3 } });
  });
});

describe('a hostile worker', () => {
  it('gets an error for anything that is not a request', () => {
    const { service } = setUp();
    const hostile: unknown[] = [
      undefined,
      null,
      'stat',
      {},
      { operation: 'tree', parameters: [] },
      { operation: 'constructor', parameters: [] },
      { operation: 'stat' },
      { operation: 'stat', parameters: [{}] },
      { operation: 'stat', parameters: 'x' },
      { operation: 'read', parameters: [1, 0, 2 ** 40] },
      { operation: 'open', parameters: ['/workspace', { read: { toString: 1 } }] },
      { operation: 'write', parameters: [1, 0, 'text'] },
      { operation: 'setTimes', parameters: ['/workspace', { modifiedMs: 'now' }] },
      { operation: '__proto__', parameters: [] },
    ];
    for (const request of hostile) {
      const reply = service.answer(request);
      expect('errno' in reply || typeof reply.value === 'number' || reply.value === undefined).toBe(true);
    }
  });

  it('cannot use a request with another shape, even if it would work', () => {
    const { service, remote } = setUp();
    const handle = remote.open('/workspace/a', { read: true, write: true, create: true });
    expect(service.answer({ operation: 'read', parameters: [handle, 0, REQUEST_BYTES] })).toMatchObject({ value: new Uint8Array(0) });
    expect(service.answer({ operation: 'read', parameters: [handle, 0, REQUEST_BYTES + 1] })).toMatchObject({ errno: 'EINVAL' });
    expect(service.answer({ operation: 'stat', parameters: { 0: '/workspace' } })).toMatchObject({ errno: 'EINVAL' });
  });

  it('cannot use the handles of another process', () => {
    const { files, service } = setUp();
    const foreign = files.open('/workspace/secret', { read: true, write: true, create: true });
    expect(service.answer({ operation: 'read', parameters: [foreign, 0, 10] })).toMatchObject({ errno: 'EBADF' });
    expect(service.answer({ operation: 'close', parameters: [foreign] })).toMatchObject({ errno: 'EBADF' });
    expect(files.statHandle(foreign).size).toBe(0);
  });

  it('runs out of handles, and leaves none open', () => {
    const { files, service, remote } = setUp();
    remote.close(remote.open('/workspace/a', { write: true, create: true }));
    let count = 0;
    const opened = (): void => {
      for (; ; count += 1) remote.open('/workspace/a', { read: true });
    };
    expect(opened).toThrow(expect.objectContaining({ code: 'EMFILE' }));
    // Other processes of the sandbox can still open files.
    expect(count).toBe(1_024);
    files.unlink('/workspace/a');
    const used = files.tree.quota.usedBytes;
    service.end();
    expect(files.tree.quota.usedBytes).toBe(used);
    expect(remote.open('/workspace', {})).toBeGreaterThan(0);
  });
});
