import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileListing } from '../api-types.ts';
import { type ChatClient, runsOf } from '../testing/chat-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let chat: ChatClient;
beforeAll(async () => {
  server = await startTestServer();
  chat = await server.client.openChat();
});
afterAll(() => server[Symbol.asyncDispose]());

function urlOf(path: string): string {
  return `${chat.path}/files/${path.split('/').map(encodeURIComponent).join('/')}`;
}

function put(path: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  return server.client.fetch(urlOf(path), { method: 'PUT', body });
}

describe('uploads and downloads', () => {
  it.each([
    'plain.txt',
    'deep/er/file.txt',
    'with space & "quotes".txt',
    "it's.txt",
    'ünïcödé-日本.txt',
    '100%.txt',
    '#?.txt',
    '-rf',
    'new\nline.txt',
    '<img src=x>.html',
  ])('keep every byte under the name %j', async (path) => {
    const bytes = new Uint8Array([0, 255, 10, 13, ...new TextEncoder().encode(path)]);
    const uploaded = await put(path, bytes);
    expect({ status: uploaded.status, body: await uploaded.json() }).toEqual({ status: 201, body: { path, size: bytes.length } });
    const download = await server.client.fetch(urlOf(path));
    expect(new Uint8Array(await download.arrayBuffer())).toEqual(bytes);
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w. -]*"; filename\*=UTF-8''[\w.%!~-]+$/);
  });

  it('are visible to code', async () => {
    await put('numbers.csv', '1\n2\n3\n');
    const [run] = runsOf(await chat.send('```python\nprint(sum(map(int, open("numbers.csv"))))\n```'));
    expect(run?.output?.output).toBe('6\n');
  });

  it('are listed with their sizes, without code and hidden files', async () => {
    const other = await server.client.openChat();
    await other.send('```sh\nmkdir -p a/b .git; echo 12345 > a/b/c.csv; echo x > .git/config; echo x > .hidden\n```');
    expect(await server.client.json<FileListing>(`${other.path}/files`)).toEqual({
      files: [{ path: 'a/b/c.csv', size: 6, mediaType: 'text/csv' }],
      truncated: false,
    });
  });

  it('fail with a clear error if the file does not exist', async () => {
    expect(await server.client.failure(urlOf('nothing.txt'))).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('names outside the workspace', () => {
  it.each(['%2Fetc%2Fpasswd', '..%2F..%2Fetc%2Fpasswd', 'a%2F..%2F..%2Fetc', '%00', 'a%5Cb', '%E0%A4%A'])(
    'are refused: %s',
    async (name) => {
      for (const init of [{}, { method: 'PUT', body: 'x' }]) {
        const failure = await server.client.failure(`${chat.path}/files/${name}`, init);
        expect(failure.status).toBe(400);
      }
    },
  );

  it('are refused if they lead there through a link that the guest created', async () => {
    await chat.send('```sh\nln -s /etc out\n```');
    const failure = await server.client.failure(urlOf('out/passwd'));
    expect([400, 404]).toContain(failure.status);
  });
});

describe('a file that a guest wrote', () => {
  it('is shown only if it is an image, and then without any permissions', async () => {
    await put('picture.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const { headers } = await server.client.fetch(`${urlOf('picture.svg')}?inline=1`);
    expect(headers.get('content-type')).toBe('image/svg+xml');
    expect(headers.get('content-disposition')).toBe('inline');
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'; style-src 'unsafe-inline'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['page.html', 'script.js', 'document.pdf', 'feed.xml'])('is offered for download and never shown if it is %s', async (path) => {
    await put(path, '<script>alert(1)</script>');
    const { headers } = await server.client.fetch(`${urlOf(path)}?inline=1`);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });
});

it('is saved under a name that does not look like another name', async () => {
  const path = 'report\u202Egpj.exe\u0007';
  await put(path, 'x');
  const { headers } = await server.client.fetch(urlOf(path));
  expect(headers.get('content-disposition')).toBe(`attachment; filename="report_gpj.exe_"; filename*=UTF-8''report_gpj.exe_`);
});

describe('an upload that is too large', () => {
  const size = 50 * 1024 * 1024 + 1;

  it('is refused if its header announces the size', async () => {
    const failure = await server.client.failure(urlOf('large'), { method: 'PUT', body: new Uint8Array(size) });
    expect(failure).toMatchObject({ status: 413, code: 'upload-too-large', message: expect.stringContaining('50 MiB') });
  });

  it('is interrupted if its header does not, and leaves no file', async () => {
    const piece = new Uint8Array(1024 * 1024);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(piece);
        sent += piece.length;
        if (sent > size) controller.close();
      },
    });
    const failure = await server.client.failure(urlOf('endless'), { method: 'PUT', body, duplex: 'half' } as RequestInit);
    expect(failure).toMatchObject({ status: 413, code: 'upload-too-large' });
    expect((await server.client.fetch(urlOf('endless'))).status).toBe(404);
  });
});

it('is not reported as an error of the server', () => {
  expect(server.errors).toEqual([]);
});
