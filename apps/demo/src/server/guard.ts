import { checkRequest, type OwnAddress } from '@sandpod/core/server';
import type { MiddlewareHandler } from 'hono';
import { DemoFailure } from '../demo-failure.ts';

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD'];

/**
 * Accepts only requests from the demo's page and from programs. If another site's page sends requests to this server, the browser does not
 * let it send the custom header.
 */
export function guard(own: OwnAddress): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    // A link on another site may open the page, but only the page may use the API.
    const site = req.path.startsWith('/api/') ? req.header('sec-fetch-site') : undefined;
    const fault = checkRequest({ host: req.header('host'), origin: req.header('origin'), site }, own);
    if (fault === 'foreign-host')
      throw refused('The host name in the request is not the name of this server.', 'Open the address that the demo has printed.');
    if (fault === 'foreign-origin') throw refused('The request comes from another site.', 'Open the address that the demo has printed.');
    if (!SAFE_METHODS.includes(req.method) && req.header('x-sandpod-demo') !== '1') {
      throw refused('The request lacks the header "x-sandpod-demo: 1".', 'Programs can send it; pages of other sites cannot.');
    }
    await next();
  };
}

function refused(message: string, advice: string): DemoFailure {
  return new DemoFailure({ code: 'forbidden', message, advice });
}
