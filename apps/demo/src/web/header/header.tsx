import type { ReactElement } from 'react';
import type { DemoInfo } from '../../api-types.ts';
import type { SessionState } from '../state/session-keeper.ts';
import { Icon } from '../ui/icon.tsx';
import { BackendMenu } from './backend-menu.tsx';
import { ModelHint } from './model-hint.tsx';
import { ThemeButton } from './theme-button.tsx';

interface HeaderProps {
  readonly info: DemoInfo;
  readonly state: SessionState;
  readonly isBusy: boolean;
  onBackend(name: string): void;
  onApproval(approval: boolean): void;
  onNew(): void;
}

/** Shows the demo's name, the back end, the model, and the approval setting. */
export function Header({ info, state, isBusy, onBackend, onApproval, onNew }: HeaderProps): ReactElement {
  return (
    <header className="header">
      <div className="brand">
        <Mark />
        <span>sandpod</span>
      </div>
      <div className="header-settings">
        <BackendMenu info={info} state={state} isBusy={isBusy} onChoose={onBackend} />
        <ModelHint model={info.model} />
        <button type="button" role="switch" className="switch" aria-checked={state.approval} onClick={() => onApproval(!state.approval)}>
          <span className="switch-track" aria-hidden="true" />
          Ask first
        </button>
      </div>
      <div className="header-actions">
        <button type="button" className="button-quiet" onClick={onNew} aria-label="New chat" title="New chat">
          <Icon name="plus" />
        </button>
        <ThemeButton />
      </div>
    </header>
  );
}

function Mark(): ReactElement {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="2" y="6" width="28" height="20" rx="10" />
      <circle cx="11.5" cy="16" r="2.4" className="mark-grain" />
      <circle cx="20.5" cy="16" r="2.4" className="mark-grain-warm" />
    </svg>
  );
}
