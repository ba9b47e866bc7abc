import type { ResourceLink } from '@modelcontextprotocol/server';
import { mediaTypeOf } from '@sandpod/core';
import { shownPath } from '../shared/index.ts';

/** The first protocol version in which results can contain links. Older clients reject such results. */
const FIRST_VERSION_WITH_LINKS = '2025-06-18';

/** The URI of each file in the workspace. `PATH` may contain slashes. */
export const FILE_URI_TEMPLATE = 'sandbox:///{+path}';

/** Maximum number of bytes that one request for a resource returns. */
export const MAX_RESOURCE_BYTES: number = 8 * 1024 * 1024;

/** A file as a resource. */
export interface FileResource {
  readonly uri: string;
  readonly name: string;
  readonly mimeType: string;
  readonly size?: number;
}

/** Describes a file in the workspace as a resource. `path` is relative to the workspace. */
export function fileResource({ path, size }: { readonly path: string; readonly size?: number | undefined }): FileResource {
  const uri = `sandbox:///${path.split('/').map(encodeURIComponent).join('/')}`;
  return { uri, name: shownPath(path), mimeType: mediaTypeOf(path), ...(size !== undefined && { size }) };
}

/** Links to a file in the workspace. */
export function fileLink(file: { readonly path: string; readonly size?: number | undefined }): ResourceLink {
  return { type: 'resource_link', ...fileResource(file) };
}

/** Returns true if the client understands links in results. Protocol versions are dates, so they can be compared as text. */
export function understandsLinks(protocolVersion: string | undefined): boolean {
  return protocolVersion !== undefined && protocolVersion >= FIRST_VERSION_WITH_LINKS;
}
