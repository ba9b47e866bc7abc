import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the command that opens an address in the browser, or undefined if there is no desktop. */
export function browserCommand(
  url: string,
  options: { readonly platform: NodeJS.Platform; readonly env: Environment },
): readonly string[] | undefined {
  const { platform, env } = options;
  if (env['CI'] || env['SSH_CONNECTION'] || env['SSH_TTY']) return undefined;
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['cmd', '/c', 'start', '', url];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open', url] : undefined;
}

/** Opens a browser if there is a desktop. Otherwise, the user opens the printed address. */
export function openBrowser(url: string): void {
  const [command, ...args] = browserCommand(url, { platform: process.platform, env: process.env }) ?? [];
  if (command === undefined) return;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
