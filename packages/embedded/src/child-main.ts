import { Socket } from 'node:net';
import { ChildServer } from './host/child/child-server.ts';
import { clearEnvironment } from './host/child/clear-environment.ts';
import { ParentLink } from './host/child/parent-link.ts';
import type { ConfigureHeader } from './host/protocol/messages.ts';

/** The socket to the parent process. */
const PARENT_DESCRIPTOR = 3;

clearEnvironment(process.env);

let server: ChildServer | undefined;

const link: ParentLink = new ParentLink(new Socket({ fd: PARENT_DESCRIPTOR }), {
  onFrame: (header, payload) => {
    if (server) {
      server.handle(header, payload);
      return;
    }
    server = new ChildServer(header as unknown as ConfigureHeader, (answer, bytes) => link.send(answer, bytes));
    link.send({ type: 'ready' });
  },
  onEnd: () => process.kill(process.pid, 'SIGKILL'),
});
