import { Socket } from 'node:net';
import { ChildServer } from './child/child-server.ts';
import { die } from './child/die.ts';
import { ParentLink } from './child/parent-link.ts';
import type { ConfigureHeader } from './protocol/messages.ts';

/** The socket to the parent process. */
const PARENT_DESCRIPTOR = 3;

let server: ChildServer | undefined;

function configure(config: ConfigureHeader): ChildServer {
  setTimeout(() => die(`The sandbox expired after ${config.expiresInMs} ms.`), Math.min(config.expiresInMs, 2_147_483_647));
  return new ChildServer(config, (header, payload) => link.send(header, payload));
}

const link: ParentLink = new ParentLink(new Socket({ fd: PARENT_DESCRIPTOR }), {
  onFrame: (header, payload) => {
    if (server) {
      server.handle(header, payload);
      return;
    }
    server = configure(header as unknown as ConfigureHeader);
    link.send({ type: 'ready' });
  },
  onEnd: () => process.kill(process.pid, 'SIGKILL'),
});
