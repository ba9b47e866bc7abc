import { expect, test } from 'vitest';
import { credentialsOf } from './credentials.ts';
import { loadKubeSettings } from './kube-settings.ts';

const CA = Buffer.from('the authority').toString('base64');

function settingsOf(context: object): ReturnType<typeof loadKubeSettings> {
  const cluster = { server: 'https://here', 'certificate-authority-data': CA, 'tls-server-name': 'other' };
  const contexts = [{ name: 'it', context: { cluster: 'a', ...context } }];
  return loadKubeSettings({ kubeConfig: { clusters: [{ name: 'a', cluster }], users: [], contexts, 'current-context': 'it' } });
}

test.for([{}, { user: '' }, { user: 'absent' }])(
  "a context with the user %o still uses the cluster's authority and name",
  async (context) => {
    const settings = settingsOf(context);
    const options = await credentialsOf(settings);
    expect(String(options.ca)).toBe('the authority');
    expect(options.servername).toBe('other');
    expect(options.headers).not.toHaveProperty('Authorization');
    expect(settings.config.users).toEqual([]);
  },
);
