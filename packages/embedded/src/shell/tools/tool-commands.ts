import type { Command } from 'just-bash';
import { awkCommand } from './awk.ts';
import { cutCommand } from './cut.ts';
import { grepCommands } from './grep.ts';
import { headCommand, tailCommand } from './head-tail.ts';
import { lsCommand } from './ls.ts';
import { pasteCommand } from './paste.ts';
import { sedCommand } from './sed.ts';
import { smallTools } from './small-tools.ts';
import { sortCommand } from './sort.ts';
import { uniqCommand } from './uniq.ts';
import { wcCommand } from './wc.ts';
import { xargsCommand } from './xargs.ts';

/** Tools that just-bash lacks, and tools that replace those of just-bash because they behave differently from the usual tools. */
export const toolCommands: readonly Command[] = [
  awkCommand,
  cutCommand,
  ...grepCommands,
  headCommand,
  tailCommand,
  lsCommand,
  pasteCommand,
  sedCommand,
  ...smallTools,
  sortCommand,
  uniqCommand,
  wcCommand,
  xargsCommand,
];
