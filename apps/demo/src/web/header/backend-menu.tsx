import { type ReactElement, useId, useRef } from 'react';
import type { BackendChoice, DemoInfo } from '../../api-types.ts';
import type { SessionState } from '../state/session-keeper.ts';
import { Icon } from '../ui/icon.tsx';

interface BackendMenuProps {
  readonly info: DemoInfo;
  readonly state: SessionState;
  readonly isBusy: boolean;
  onChoose(name: string): void;
}

/** Shows a menu of back ends. If the user chooses another back end, a fresh sandbox starts there. */
export function BackendMenu({ info, state, isBusy, onChoose }: BackendMenuProps): ReactElement {
  const id = useId();
  const list = useRef<HTMLElement>(null);
  const choose = (name: string) => {
    list.current?.hidePopover();
    if (name !== state.backend) onChoose(name);
  };
  return (
    <>
      <button type="button" className="pill" popoverTarget={id} aria-label={`Runs on ${state.backend}. Change`}>
        <span className="chip-dot" data-phase={state.offline ? 'failed' : state.phase} aria-hidden="true" />
        <span className="pill-text">{state.backend}</span>
        <Icon name="chevron" />
      </button>
      <section id={id} ref={list} popover="auto" className="popover" aria-label="Where code runs">
        <p className="popover-title">Where code runs</p>
        {info.backends.map((choice) => (
          <Choice
            key={choice.name}
            choice={choice}
            isChosen={choice.name === state.backend}
            isDisabled={isBusy || choice.available === false}
            onChoose={choose}
          />
        ))}
        <p className="popover-hint">{isBusy ? 'Stop the run to change this.' : 'Another back end starts with a fresh, empty sandbox.'}</p>
      </section>
    </>
  );
}

interface ChoiceProps {
  readonly choice: BackendChoice;
  readonly isChosen: boolean;
  readonly isDisabled: boolean;
  onChoose(name: string): void;
}

function Choice({ choice: { name, title, available, advice }, isChosen, isDisabled, onChoose }: ChoiceProps): ReactElement {
  return (
    <button
      type="button"
      className="choice"
      data-backend={name}
      aria-pressed={isChosen}
      // Not `disabled`: the advice must be reachable by keyboard.
      aria-disabled={isDisabled}
      onClick={() => !isDisabled && onChoose(name)}
    >
      <span className="choice-check">{isChosen && <Icon name="check" />}</span>
      <span className="choice-text">
        <span className="choice-name">
          {name}
          {available === null && <span className="muted"> checking</span>}
          {available === false && <span className="muted"> not available</span>}
        </span>
        <span className="choice-title">{title}</span>
        {available === false && advice !== undefined && <span className="choice-advice">{advice}</span>}
      </span>
    </button>
  );
}
