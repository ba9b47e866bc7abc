import { networkInterfaces } from 'node:os';

type Interfaces = ReturnType<typeof networkInterfaces>;

/**
 * Returns the addresses of a server: the best address for this machine and, if the server listens on all addresses, the addresses for other
 * machines.
 */
export function addressesOf(
  server: { readonly hostname: string; readonly port: number },
  interfaces: Interfaces = networkInterfaces(),
): string[] {
  const { hostname, port } = server;
  const isEverywhere = hostname === '0.0.0.0' || hostname === '::';
  const names = isEverywhere ? ['127.0.0.1', ...outerAddresses(hostname, interfaces)] : [hostname];
  return names.map((name) => `http://${name.includes(':') ? `[${name}]` : name}:${port}/`);
}

function outerAddresses(hostname: string, interfaces: Interfaces): string[] {
  const outer = Object.values(interfaces).flatMap((addresses = []) => addresses.filter(({ internal }) => !internal));
  // A link-local address is valid only with the name of the client's network interface.
  return outer
    .filter(({ address, family }) => family === 'IPv4' || (hostname === '::' && !/^fe[89ab]/i.test(address)))
    .map(({ address }) => address);
}
