/**
 * The URL of this module, or of the module into which it was bundled. It is beside the files that this package reads. A bundler that
 * produces CommonJS leaves it undefined.
 */
export const PACKAGE_BASE: string | undefined = import.meta.url;
