import type { ReactElement } from 'react';
import type { SceneInfo } from '../../api-types.ts';

interface EmptyStateProps {
  readonly scenes: readonly SceneInfo[];
  readonly isScripted: boolean;
  readonly isDisabled: boolean;
  onScene(prompt: string): void;
}

/** What this is, and something to begin with. */
export function EmptyState({ scenes, isScripted, isDisabled, onScene }: EmptyStateProps): ReactElement {
  return (
    <section className="empty" aria-labelledby="empty-title">
      <h1 id="empty-title">A model writes code. A sandbox runs it.</h1>
      <p className="empty-lead">
        An agent writes code here, runs it in a sandbox, reads what it printed, and goes on from there.
        {isScripted && ' No model is set: the agent plays scenes that were written in advance. The code in them really runs.'}
      </p>
      <ul className="scenes" aria-label="Scenes">
        {scenes.map(({ id, title, prompt }) => (
          <li key={id}>
            <button type="button" className="scene" data-scene={id} disabled={isDisabled} onClick={() => onScene(prompt)}>
              <span className="scene-title">{title}</span>
              <span className="scene-prompt">{prompt}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="empty-hint">
        Or bring your own: code between <code>```python</code> and <code>```</code> is executed as it is, with or without a model.
      </p>
    </section>
  );
}
