import type { ReactElement } from 'react';
import type { SceneInfo } from '../../api-types.ts';

interface EmptyStateProps {
  readonly scenes: readonly SceneInfo[];
  readonly isScripted: boolean;
  readonly isDisabled: boolean;
  onScene(prompt: string): void;
}

/** Shows an introduction, with prompts to start with. */
export function EmptyState({ scenes, isScripted, isDisabled, onScene }: EmptyStateProps): ReactElement {
  return (
    <section className="empty" aria-labelledby="empty-title">
      <h1 id="empty-title">A model writes code. A sandbox runs it.</h1>
      <p className="empty-lead">
        An agent writes code, runs it in a sandbox, reads the output, and continues from there.
        {isScripted && ' There is no model: the agent plays prepared scenes. The code in the scenes really runs.'}
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
        You can also type code: text between <code>```python</code> and <code>```</code> runs as is, with or without a model.
      </p>
    </section>
  );
}
