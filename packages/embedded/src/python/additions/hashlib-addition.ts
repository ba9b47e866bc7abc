import type { LibraryAddition } from './library-addition.ts';

/**
 * Adds the key derivation that CPython usually gets from OpenSSL, and error messages that explain why other OpenSSL algorithms are missing.
 */
export const HASHLIB_ADDITION: LibraryAddition = {
  module: 'hashlib',
  isAfterOriginal: true,
  code: `
_new_without_reason = new

def new(name, data=b'', **options):
    try:
        return _new_without_reason(name, data, **options)
    except ValueError as error:
        raise ValueError(f'{error}: the sandbox has no OpenSSL') from None

def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    if not isinstance(hash_name, str):
        raise TypeError(f"pbkdf2_hmac() argument 'hash_name' must be str, not {type(hash_name).__name__}")
    if iterations < 1:
        raise ValueError('iteration value must be greater than 0.')
    inner = new(hash_name)
    if dklen is None:
        dklen = inner.digest_size
    if dklen < 1:
        raise ValueError('key length must be greater than 0.')
    outer, key = new(hash_name), bytes(password)
    if len(key) > inner.block_size:
        key = new(hash_name, key).digest()
    key = key.ljust(inner.block_size, b'\\0')
    inner.update(bytes(byte ^ 0x36 for byte in key))
    outer.update(bytes(byte ^ 0x5c for byte in key))

    def step(message):
        first, second = inner.copy(), outer.copy()
        first.update(message)
        second.update(first.digest())
        return second.digest()

    derived, block = b'', 0
    while len(derived) < dklen:
        block += 1
        last = step(bytes(salt) + block.to_bytes(4, 'big'))
        mixed = int.from_bytes(last, 'big')
        for _ in range(iterations - 1):
            last = step(last)
            mixed ^= int.from_bytes(last, 'big')
        derived += mixed.to_bytes(inner.digest_size, 'big')
    return derived[:dklen]

def __getattr__(name):
    if name == 'scrypt':
        raise AttributeError("module 'hashlib' has no attribute 'scrypt': the sandbox has no OpenSSL", name=name)
    raise AttributeError(f"module 'hashlib' has no attribute {name!r}", name=name)
`,
};
