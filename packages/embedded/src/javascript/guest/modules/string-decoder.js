import { StringDecoder as Decoder } from 'string_decoder/lib/string_decoder.js';
import { codedError } from '../host.js';
import { Buffer } from './buffer.js';

/** The library with Node's error code. */
export class StringDecoder extends Decoder {
  constructor(encoding = 'utf8') {
    if (!Buffer.isEncoding(encoding)) throw codedError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
    super(encoding);
  }
}
