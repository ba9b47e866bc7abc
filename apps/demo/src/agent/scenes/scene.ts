import type { SceneInfo } from '../../api-types.ts';
import type { Reply, Script } from '../scripted-model.ts';
import type { CallReport } from '../turn.ts';

/** A prompt and the scripted answer to it. */
export interface Scene extends SceneInfo {
  readonly script: Script;
}

/** What a script says when a run did not go as it was written for. */
export function unexpected(report: CallReport): Reply {
  if (report.isDenied) return { text: 'I have not run it, as you decided.' };
  const [verdict = ''] = report.text.split('\n', 1);
  return { text: `That did not go as I expected. The sandbox says: ${verdict}` };
}
