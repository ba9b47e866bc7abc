import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import type { User } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';

const NAME = 'sandpod-token-file';

/** Returns a user whose token is read from a file. The file may be replaced at any time. */
export function renewingUser({ token: _token, exec: _exec, ...user }: User, file: string): User {
  return { ...user, authProvider: { name: NAME, config: { path: file } } };
}

/** Reads the token file before every request, because service account tokens are replaced in place. */
export class TokenFileAuth {
  isAuthProvider(user: User): boolean {
    return user.authProvider?.name === NAME;
  }

  async applyAuthentication(user: User, options: RequestOptions): Promise<void> {
    const file: string = user.authProvider.config.path;
    const token = (await readFile(file, 'utf8').catch((cause: unknown) => refuse(file, cause))).trim();
    if (token === '') refuse(file, undefined);
    options.headers = { ...options.headers, Authorization: `Bearer ${token}` };
  }
}

function refuse(file: string, cause: unknown): never {
  const why = cause instanceof Error ? cause.message : 'it is empty';
  const message = `The token file ${file} of the Kubernetes configuration cannot be used: ${why}.`;
  throw new SandpodError({
    code: 'start-failed',
    message,
    advice: 'Check that the program that renews the token is still running.',
    isRetryable: false,
    cause,
  });
}
