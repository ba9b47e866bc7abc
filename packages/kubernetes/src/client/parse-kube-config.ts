import { isAbsolute, join } from 'node:path';
import type { KubeConfig, User } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { load } from 'js-yaml';
import { z } from 'zod';
import { clusterForPlugins } from './cluster-info.ts';
import { pluginUser } from './exec-plugin-auth.ts';
import { impersonatingUser } from './impersonation.ts';
import { clientLibrary } from './libraries.ts';
import { renewingUser } from './token-file-auth.ts';

/** The content of a kubeconfig. */
export type KubeConfigParts = Parameters<KubeConfig['loadFromOptions']>[0] & {
  readonly clusters: readonly { readonly name: string }[];
  readonly users: readonly { readonly name: string }[];
  readonly contexts: readonly { readonly name: string }[];
  readonly currentContext: string | undefined;
};

/** The fields that the client library does not read, or reads only once. */
const schema = z.looseObject({
  clusters: z.array(z.looseObject({ name: z.string(), cluster: z.unknown().optional() })).nullish(),
  users: z
    .array(
      z.looseObject({ name: z.string(), user: z.looseObject({ tokenFile: z.string().nullish(), exec: z.unknown().optional() }).nullish() }),
    )
    .nullish(),
});

/** Reads a kubeconfig in YAML or JSON. Relative paths are resolved against the directory. @throws {SandpodError} `invalid-options`. */
export function parseKubeConfig(text: string, place: { readonly source: string; readonly directory: string }): KubeConfigParts {
  const { source, directory } = place;
  try {
    const raw = schema.parse(load(text));
    const config = new (clientLibrary().KubeConfig)();
    config.loadFromString(text);
    config.makePathsAbsolute(directory);
    const clusters = config.getClusters().map((cluster) => {
      return clusterForPlugins(cluster, raw.clusters?.find(({ name }) => name === cluster.name)?.cluster);
    });
    const users = config.getUsers().map((user) => {
      const content = raw.users?.find(({ name }) => name === user.name)?.user ?? {};
      const { tokenFile, exec } = content;
      const whole = impersonatingUser(user, content);
      return userOf(whole, { tokenFile: tokenFile ?? undefined, exec: exec ?? undefined, directory });
    });
    return { clusters, users, contexts: config.getContexts(), currentContext: config.getCurrentContext() };
  } catch (cause) {
    if (SandpodError.isInstance(cause)) throw cause;
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause instanceof Error ? cause.message : cause);
    const message = `Expected a kubeconfig in ${source}: ${why.split('\n')[0]}.`;
    throw new SandpodError({
      code: 'invalid-options',
      message,
      advice: 'Correct the configuration; "kubectl config view" shows whether kubectl can read it.',
      cause,
    });
  }
}

/** Selects how the user authenticates. Like kubectl, prefers a token file to a token, and a token to a plugin. */
function userOf(user: User, options: { readonly tokenFile: string | undefined; readonly exec: unknown; readonly directory: string }): User {
  const { tokenFile, exec, directory } = options;
  if (tokenFile !== undefined) return renewingUser(user, isAbsolute(tokenFile) ? tokenFile : join(directory, tokenFile));
  return exec === undefined || user.token !== undefined ? user : pluginUser(user, { exec, directory });
}
