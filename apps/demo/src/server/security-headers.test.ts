import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { GUEST_POLICY, securityHeaders } from './security-headers.ts';

const app = new Hono();
app.use(securityHeaders);
app.get('/', (context) => context.text('page'));
app.get('/api/file', (context) => context.body('guest', 200, { 'content-security-policy': GUEST_POLICY }));
app.get('/api/broken', () => {
  throw new Error('broken');
});
app.onError((_, context) => context.text('failed', 500));

it.each(['/', '/api/file', '/api/broken', '/nothing'])('keeps other sites away from %s', async (path) => {
  const { headers } = await app.request(path);
  expect(Object.fromEntries(headers)).toMatchObject({
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
});

it('keeps the policy of a route, and stores no answer of the API', async () => {
  const file = await app.request('/api/file');
  expect(file.headers.get('content-security-policy')).toBe(GUEST_POLICY);
  expect(file.headers.get('cache-control')).toBe('no-store');
  expect((await app.request('/')).headers.get('cache-control')).toBeNull();
});
