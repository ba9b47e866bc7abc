import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts to listen on a port, or on any free port if it is 0. Resolves with the port. @throws Node's error, for example `EADDRINUSE`. */
export function listen(server: Server, options: { readonly hostname: string; readonly port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      server.off('listening', onListening);
      reject(error);
    };
    const onListening = (): void => {
      server.off('error', onError);
      resolve((server.address() as AddressInfo).port);
    };
    server.once('error', onError).once('listening', onListening).listen({ host: options.hostname, port: options.port });
  });
}
