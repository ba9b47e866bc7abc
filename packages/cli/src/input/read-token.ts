import { UsageError } from '../arguments/usage-error.ts';
import { type InputSource, readBytes } from './read-bytes.ts';

/** The environment variable with the token. A flag would show the token to all users of the machine. */
const TOKEN_VARIABLE = 'SANDPOD_MCP_TOKEN';

/** Reads the token of an MCP server from a file, or from the environment. Returns undefined if there is neither. */
export async function readToken(
  file: string | undefined,
  { env, ...source }: InputSource & { readonly env: Readonly<Record<string, string | undefined>> },
): Promise<string | undefined> {
  const option = '--token-file';
  const token =
    file === undefined ? env[TOKEN_VARIABLE] || undefined : Buffer.from(await readBytes(file, { ...source, option })).toString();
  if (token === undefined) return undefined;
  const trimmed = token.trim();
  if (/^[\w.~+/-]{16,1024}=*$/.test(trimmed)) return trimmed;
  // The message must not contain the token.
  throw new UsageError(
    `${file === undefined ? TOKEN_VARIABLE : option} expects a token of at least 16 letters, digits or -._~+/; got ${trimmed.length} characters.`,
    'For example: openssl rand -hex 32',
  );
}
