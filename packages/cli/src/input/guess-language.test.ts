import { expect, test } from 'vitest';
import { guessLanguage } from './guess-language.ts';

test.each([
  ['print(1)', 'python'],
  ['6 * 7', 'python'],
  ['import os; print(os.listdir())', 'python'],
  ['from math import pi\nprint(pi)', 'python'],
  ['x = {"a": 1}\nfor key in x: print(key)', 'python'],
  ['with open("a") as f: print(f.read())', 'python'],
  ['print([x for x in range(3) if x])', 'python'],
  ['console.log(1)', 'javascript'],
  ['const x = 1; x', 'javascript'],
  ['[1, 2].map((x) => x)', 'javascript'],
  ["import { readFileSync } from 'node:fs'; readFileSync", 'javascript'],
  ['function f() { return 1 }', 'javascript'],
  ['echo hello', 'sh'],
  ['ls', 'sh'],
  ['set -e\nfalse', 'sh'],
  ['cat a.txt | wc -l', 'sh'],
  ['#!/usr/bin/env python3\nls = 1', 'python'],
  ['#!/bin/bash\ntrue', 'bash'],
  ['#!/usr/bin/env node\n1', 'javascript'],
])('%j is %s', (code, language) => {
  expect(guessLanguage(code)).toBe(language);
});
