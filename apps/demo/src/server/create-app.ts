import type { OwnAddress } from '@sandpod/core/server';
import { Hono } from 'hono';
import type { ErrorDocument } from '../api-types.ts';
import { DemoFailure } from '../demo-failure.ts';
import { describeError } from '../describe-error.ts';
import { chatRoute } from './chat-route.ts';
import type { DemoContext } from './demo-context.ts';
import { fileRoutes } from './file-routes.ts';
import { guard } from './guard.ts';
import { servePage } from './page-files.ts';
import { securityHeaders } from './security-headers.ts';
import { sessionRoutes } from './session-routes.ts';

export interface AppOptions extends OwnAddress {
  readonly demo: DemoContext;
  /** The output directory of the build. */
  readonly pageDirectory: string;
}

/** Creates all routes of the server. */
export function createApp({ demo, pageDirectory, ...own }: AppOptions): Hono {
  const app = new Hono();
  app.use(securityHeaders, guard(own));
  app.use(servePage(pageDirectory));
  for (const routes of [sessionRoutes(demo), chatRoute(demo), fileRoutes(demo)]) app.route('/api', routes);
  app.notFound(() => {
    throw new DemoFailure({
      code: 'not-found',
      message: 'This address does not exist.',
      advice: 'Open the address that the demo has printed.',
    });
  });
  app.onError((error, context) => {
    const described = describeError(error);
    if (described.isBug) demo.onError(error);
    return context.json({ error: described.error } satisfies ErrorDocument, described.status);
  });
  return app;
}
