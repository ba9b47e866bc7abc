import { expect, test } from 'vitest';
import { requireNode } from './require-node.ts';

test.each(['20.20.2', '18.0.0', '22.18.9', '21.99.0'])('Node %s is refused with the version that is needed', (version) => {
  expect(() => requireNode(version)).toThrow(
    expect.objectContaining({ code: 'unsupported', message: `sandpod needs Node 22.19 or newer; this is Node ${version}.` }),
  );
});

test.each(['22.19.0', '22.20.1', '24.0.0', '26.10.0'])('Node %s is accepted', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});
