import { createHash, timingSafeEqual } from 'node:crypto';

/** Returns true if the `Authorization` header contains the token. The time that this takes does not depend on the token. */
export function hasToken(authorization: string | undefined, token: string): boolean {
  const [, given] = /^Bearer +([^ ]+) *$/i.exec(authorization ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
