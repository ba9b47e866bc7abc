import { expect, test } from 'vitest';
import { packageEnvironment } from './package-environment.ts';

test('an index is an address, or a directory whose name is data', () => {
  expect(packageEnvironment('/workspace', undefined)).not.toHaveProperty('PIP_INDEX_URL');
  expect(packageEnvironment('/workspace', 'https://packages.example/simple')).toMatchObject({
    PIP_INDEX_URL: 'https://packages.example/simple',
  });
  expect(packageEnvironment('/workspace', 'my wheels#1')).toMatchObject({
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: 'file:///workspace/my%20wheels%231',
  });
  expect(packageEnvironment('/workspace', '/opt/wheels')).toMatchObject({ PIP_FIND_LINKS: 'file:///opt/wheels' });
});
