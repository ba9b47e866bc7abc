import { setTimeout as sleep } from 'node:timers/promises';
import type { CallToolResult } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConnectedServer, connectServer } from './mcp-client.ts';

const TIMEOUT_MS = 120_000;

/** Tests `sandpod mcp` on a back end that needs a platform. */
export function testMcpBackend(backend: { readonly name: 'docker' | 'pod'; readonly env: Readonly<Record<string, string>> }): void {
  const { name, env } = backend;
  describe(`sandpod mcp --on ${name}`, { timeout: TIMEOUT_MS }, () => {
    let server: ConnectedServer;
    beforeAll(async () => {
      server = await connectServer(['--on', name, '--image', 'testbed/polyglot:1'], { env });
    });
    afterAll(() => server?.[Symbol.asyncDispose]());

    async function call(tool: string, args: Record<string, unknown>): Promise<CallToolResult> {
      return (await server.client.callTool({ name: tool, arguments: args }, { timeout: TIMEOUT_MS })) as CallToolResult;
    }

    test('runs code and commands on the same files, and reports the start', async () => {
      const messages: unknown[] = [];
      const args = { code: 'print(6 * 7); open("made.txt", "w").write("made")' };
      const options = {
        timeout: TIMEOUT_MS,
        onprogress: ({ message }: { message?: string | undefined }): unknown => messages.push(message),
      };
      const result = await server.client.callTool({ name: 'run_code', arguments: args }, options);
      expect(result).toMatchObject({ structuredContent: { outcome: 'ok', stdout: '42\n', files: [{ path: 'made.txt' }] } });
      expect(messages.length).toBeGreaterThan(1);
      expect(await call('run_command', { command: 'cat made.txt' })).toMatchObject({ structuredContent: { stdout: 'made' } });
      expect(await call('read_file', { path: 'made.txt' })).toMatchObject({ structuredContent: { content: 'made' } });
    });

    test('does not follow a link out of the workspace', async () => {
      await call('run_command', { command: 'ln -s /etc out; ln -s /etc/passwd secret' });
      for (const path of ['out/passwd', 'secret', '../../etc/passwd'])
        expect(await call('read_file', { path })).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('outside') }] });
      expect(await call('list_files', { path: 'out' })).toMatchObject({ isError: true });
    });

    test('kills the code of a cancelled call', async () => {
      const controller = new AbortController();
      const begun = Promise.withResolvers<void>();
      const running = server.client.callTool(
        { name: 'run_command', arguments: { command: 'echo begun; while :; do printf x >> beat; sleep 0.1; done' } },
        { signal: controller.signal, timeout: TIMEOUT_MS, onprogress: ({ message }) => message?.includes('begun') && begun.resolve() },
      );
      const rejection = expect(running).rejects.toThrow();
      await begun.promise;
      controller.abort('enough');
      await rejection;
      const size = async (): Promise<string> => {
        const { structuredContent } = await call('run_command', { command: 'cat beat 2>/dev/null | wc -c' });
        return (structuredContent as { stdout: string }).stdout;
      };
      const before = await size();
      await sleep(1_000);
      expect(await size()).toBe(before);
    });
  });
}
