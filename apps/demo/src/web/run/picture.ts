/** The kinds of picture that are shown; an `<img>` runs no script, not even that of an SVG. */
const SHOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'];

export function isPicture(mediaType: string): boolean {
  return SHOWN.includes(mediaType);
}

/** A `data:` address of bytes in base64. */
export function dataUrl(mediaType: string, base64: string): string {
  return `data:${mediaType};base64,${base64.replaceAll(/\s/g, '')}`;
}

/** A `data:` address of an SVG's text. */
export function svgUrl(text: string): string {
  return `data:image/svg+xml,${encodeURIComponent(text.toWellFormed())}`;
}
