import type { MiddlewareHandler } from 'hono';

/** The page may use scripts and styles from this server, images from this server or inlined, and requests to this server. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The policy for files that guest code wrote. Images may use inline styles, but nothing else is permitted. */
export const GUEST_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

/** Sets the headers of every response. If a route has already set a policy, keeps that policy. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', PAGE_POLICY);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('cross-origin-resource-policy', 'same-origin');
  headers.set('cross-origin-opener-policy', 'same-origin');
  if (context.req.path.startsWith('/api/')) headers.set('cache-control', 'no-store');
};
