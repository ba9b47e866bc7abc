import { posix } from 'node:path';

const TEXT = 'text/plain';

const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['.txt', TEXT],
  ['.log', TEXT],
  ['.py', 'text/x-python'],
  ['.sh', 'application/x-sh'],
  ['.js', 'text/javascript'],
  ['.mjs', 'text/javascript'],
  ['.ts', 'text/x-typescript'],
  ['.css', 'text/css'],
  ['.csv', 'text/csv'],
  ['.tsv', 'text/tab-separated-values'],
  ['.md', 'text/markdown'],
  ['.htm', 'text/html'],
  ['.html', 'text/html'],
  ['.xml', 'application/xml'],
  ['.json', 'application/json'],
  ['.jsonl', 'application/jsonl'],
  ['.ipynb', 'application/x-ipynb+json'],
  ['.yaml', 'application/yaml'],
  ['.yml', 'application/yaml'],
  ['.toml', 'application/toml'],
  ['.sql', 'application/sql'],
  ['.pdf', 'application/pdf'],
  ['.zip', 'application/zip'],
  ['.gz', 'application/gzip'],
  ['.tar', 'application/x-tar'],
  ['.parquet', 'application/vnd.apache.parquet'],
  ['.sqlite', 'application/vnd.sqlite3'],
  ['.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['.pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
  ['.svg', 'image/svg+xml'],
  ['.bmp', 'image/bmp'],
  ['.tif', 'image/tiff'],
  ['.tiff', 'image/tiff'],
  ['.ico', 'image/vnd.microsoft.icon'],
  ['.mp3', 'audio/mpeg'],
  ['.wav', 'audio/wav'],
  ['.ogg', 'audio/ogg'],
  ['.mp4', 'video/mp4'],
  ['.webm', 'video/webm'],
  ['.wasm', 'application/wasm'],
]);

/** Guesses the media type from the file extension, ignoring case. Returns `application/octet-stream` for an unknown extension. */
export function mediaTypeOf(path: string): string {
  return MEDIA_TYPES.get(posix.extname(path).toLowerCase()) ?? 'application/octet-stream';
}
