import type { Command } from 'just-bash';
import { awkCommand } from './awk.ts';
import { cutCommand } from './cut.ts';
import { dateCommand } from './date.ts';
import { diffCommand } from './diff.ts';
import { exprCommand } from './expr.ts';
import { grepCommands } from './grep.ts';
import { headCommand, tailCommand } from './head-tail.ts';
import { hexDumpCommands } from './hex-dumps.ts';
import { lsCommand } from './ls.ts';
import { nlCommand } from './nl.ts';
import { odCommand } from './od.ts';
import { pasteCommand } from './paste.ts';
import { sedCommand } from './sed.ts';
import { seqCommand } from './seq.ts';
import { smallTools } from './small-tools.ts';
import { sortCommand } from './sort.ts';
import { trCommand } from './tr.ts';
import { uniqCommand } from './uniq.ts';
import { wcCommand } from './wc.ts';
import { xargsCommand } from './xargs.ts';

/** Tools that just-bash lacks, and replacements for tools of just-bash that behave differently from the usual tools. */
export const toolCommands: readonly Command[] = [
  awkCommand,
  cutCommand,
  dateCommand,
  diffCommand,
  exprCommand,
  ...grepCommands,
  ...hexDumpCommands,
  headCommand,
  tailCommand,
  lsCommand,
  nlCommand,
  odCommand,
  pasteCommand,
  sedCommand,
  seqCommand,
  ...smallTools,
  sortCommand,
  trCommand,
  uniqCommand,
  wcCommand,
  xargsCommand,
];
