/** The image types that are shown. An `<img>` does not run scripts, not even those in an SVG. */
const SHOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'];

export function isPicture(mediaType: string): boolean {
  return SHOWN.includes(mediaType);
}

/** Returns a `data:` URL for base64 text. */
export function dataUrl(mediaType: string, base64: string): string {
  return `data:${mediaType};base64,${base64.replaceAll(/\s/g, '')}`;
}

/** Returns a `data:` URL for the text of an SVG. */
export function svgUrl(text: string): string {
  return `data:image/svg+xml,${encodeURIComponent(text.toWellFormed())}`;
}
