import type { SceneInfo } from '../../api-types.ts';
import type { Reply, Script } from '../scripted-model.ts';
import type { CallReport } from '../turn.ts';

/** A prompt and the scripted answer to it. */
export interface Scene extends SceneInfo {
  readonly script: Script;
}

/** Returns the reply to a run that did not end in the way that the scene expects. */
export function unexpected(report: CallReport): Reply {
  if (report.isDenied) return { text: 'I did not run it, because you denied it.' };
  const [verdict = ''] = report.text.split('\n', 1);
  return { text: `That did not work as I expected. The sandbox reports: ${verdict}` };
}
