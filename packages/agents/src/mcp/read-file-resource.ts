import {
  type BlobResourceContents,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  type TextResourceContents,
} from '@modelcontextprotocol/server';
import { mediaTypeOf, type SandboxFiles, SandpodError, toBase64 } from '@sandpod/core';
import { parseWorkspacePath } from '@sandpod/core/backend';
import { cleanTextInTurns } from '../shared/index.ts';
import { MAX_RESOURCE_BYTES } from './file-resource.ts';
import { failureLine, type ToolTarget } from './tool-target.ts';

interface ReadResource {
  readonly uri: URL;
  readonly abortSignal: AbortSignal;
}

type Contents = TextResourceContents | BlobResourceContents;

/** A range of bytes. */
interface Range {
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads a file, or the range of its bytes that the query of the URI requests. Memory is limited to 8 MiB, and larger files are read in
 * parts.
 *
 * @throws {ResourceNotFoundError} if the file does not exist. @throws {ProtocolError} for any other failure.
 */
export async function readFileResource(
  { target, files }: { readonly target: ToolTarget; readonly files: SandboxFiles },
  read: ReadResource,
): Promise<Contents> {
  try {
    return await target.enter(read.abortSignal, () => readContents(files, { ...read, timeoutMs: target.fileTimeoutMs }));
  } catch (error) {
    read.abortSignal.throwIfAborted();
    if (!SandpodError.isInstance(error)) throw error;
    throw invalid(failureLine(error));
  }
}

async function readContents(
  files: SandboxFiles,
  { uri, timeoutMs, abortSignal }: ReadResource & { readonly timeoutMs: number },
): Promise<Contents> {
  const path = pathOf(uri);
  const range = rangeOf(uri);
  const stat = await files.stat({ path, timeoutMs, abortSignal });
  if (stat === null) throw new ResourceNotFoundError(uri.href);
  if (range === undefined && stat.size > MAX_RESOURCE_BYTES) throw tooLarge(stat.size);
  const content = await files.readFile({ path, timeoutMs, abortSignal });
  if (content === null) throw new ResourceNotFoundError(uri.href);
  const bytes = await takeRange(content, range ?? { offset: 0, length: MAX_RESOURCE_BYTES });
  const described = { uri: uri.href, mimeType: mediaTypeOf(path) };
  const text = range === undefined ? await exactText(bytes, abortSignal) : undefined;
  return text === undefined ? { ...described, blob: toBase64(bytes) } : { ...described, text };
}

function pathOf({ pathname }: URL): string {
  try {
    return parseWorkspacePath(pathname.slice(1).split('/').map(decodeURIComponent).join('/'));
  } catch (error) {
    if (error instanceof URIError) throw invalid('The path in the URI is malformed: encode each part of it with encodeURIComponent.');
    throw error;
  }
}

function rangeOf({ searchParams }: URL): Range | undefined {
  if (searchParams.size === 0) return undefined;
  const unknown = [...searchParams.keys()].find((name) => name !== 'offset' && name !== 'length');
  if (unknown !== undefined) throw invalid(`Unknown parameter ${JSON.stringify(unknown.slice(0, 80))}: expected offset and length.`);
  const offset = numberOf(searchParams.get('offset') ?? '0', 'offset');
  const length = numberOf(searchParams.get('length') ?? String(MAX_RESOURCE_BYTES), 'length');
  if (length > MAX_RESOURCE_BYTES) throw invalid(`length: expected at most ${MAX_RESOURCE_BYTES}, given ${length}.`);
  return { offset, length };
}

function numberOf(text: string, name: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalid(`${name}: expected a number of bytes, given ${JSON.stringify(text.slice(0, 80))}.`);
}

/** Reads a range of a stream and cancels the rest. */
async function takeRange(content: ReadableStream<Uint8Array>, { offset, length }: Range): Promise<Uint8Array> {
  const taken: Uint8Array[] = [];
  let skip = offset;
  let missing = length;
  for await (const chunk of content) {
    const part = chunk.subarray(Math.min(skip, chunk.byteLength), Math.min(skip + missing, chunk.byteLength));
    skip -= Math.min(skip, chunk.byteLength);
    missing -= part.byteLength;
    if (part.byteLength > 0) taken.push(part);
    if (missing === 0) break;
  }
  return Buffer.concat(taken);
}

/** Returns the text of a file if a model can read it safely and exactly. Otherwise, the file is transferred as bytes. */
async function exactText(bytes: Uint8Array, abortSignal: AbortSignal): Promise<string | undefined> {
  const text = decoded(bytes);
  return text !== undefined && (await cleanTextInTurns(text, abortSignal)) === text ? text : undefined;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tooLarge(size: number): ProtocolError {
  const first = `?offset=0&length=${MAX_RESOURCE_BYTES}`;
  return invalid(
    `The file has ${size} bytes, and at most ${MAX_RESOURCE_BYTES} are returned: add a range to the URI, for example ${first}.`,
  );
}

function invalid(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}
