// The engine seeds Math.random before the snapshot. Without this module, every run would get the same numbers.
import { callHost } from '../host.js';

let words = new Uint32Array(0);
let position = 0;

function refill() {
  const bytes = callHost('randomBytes', 4096);
  words = new Uint32Array(bytes.buffer, bytes.byteOffset, 1024);
  position = 0;
}

Math.random = Object.defineProperty(
  () => {
    if (position >= words.length) refill();
    const high = words[position] >>> 5;
    const low = words[position + 1] >>> 6;
    position += 2;
    return (high * 67108864 + low) / 9007199254740992;
  },
  'name',
  { value: 'random' },
);
Object.defineProperty(Math, 'random', { enumerable: false });
