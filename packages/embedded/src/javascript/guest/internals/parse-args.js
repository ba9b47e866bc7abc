import { parseArgs as parse } from '@pkgjs/parseargs';
import { codedError } from '../host.js';
import { process } from '../modules/process.js';

export function parseArgs(settings = {}) {
  try {
    return parse({ args: process.argv.slice(2), ...settings });
  } catch (error) {
    throw codedError(TypeError, error.code, error.message);
  }
}
