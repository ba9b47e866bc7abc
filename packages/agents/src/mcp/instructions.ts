import { MAX_RESOURCE_BYTES } from './file-resource.ts';

/** Explains the server to a model, because clients show tool descriptions without this context. */
export function instructionsFor({ hasFiles, filesUrl }: { readonly hasFiles: boolean; readonly filesUrl: string | undefined }): string {
  const lines = ['The tools of this server work in one isolated sandbox. It has no access to the files and programs of the user.'];
  if (hasFiles) lines.push(...FILES);
  if (hasFiles && filesUrl !== undefined)
    lines.push(
      `Programs of the user can transfer files of any size: GET or PUT ${filesUrl}PATH with the header "Authorization: Bearer TOKEN" and this server's token.`,
    );
  return lines.join('\n');
}

const FILES: readonly string[] = [
  'All tools share a working directory, which keeps its files between calls. Paths are relative to it, or absolute paths inside it.',
  'Each file in it is a resource: sandbox:///PATH. Results link to the files that a run creates or changes.',
  `Transfer large files in parts: read sandbox:///PATH?offset=0&length=${MAX_RESOURCE_BYTES}, or call write_file with offset.`,
];
