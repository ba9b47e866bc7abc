import assert from 'assert/build/assert.js';
import { codedError } from '../host.js';

function partialDeepStrictEqual() {
  throw codedError(Error, 'ERR_SANDBOX', 'assert.partialDeepStrictEqual is not available in the sandbox');
}

export const { strict: strictAssert } = Object.assign(assert, { partialDeepStrictEqual });
export { assert };
