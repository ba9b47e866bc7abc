import { expect, test } from 'vitest';
import { ownerIn } from './workspace-access.ts';

test.for([
  ['drwxr-xr-x 2 0 0 4096 Nov 30 01:00 .\n', ', which belongs to 0:0 (drwxr-xr-x)'],
  ['drwxrws---+   3 1001     2002          4096 Nov 30  2026 .', ', which belongs to 1001:2002 (drwxrws---)'],
  ['', ''],
  ['x'.repeat(100), ''],
])('the owner in %j is %j', ([line, owner]) => expect(ownerIn(line ?? '')).toBe(owner));
