import { type ReactElement, useId } from 'react';
import type { ModelInfo } from '../../api-types.ts';
import { Icon } from '../ui/icon.tsx';

const SETTINGS = [
  ['OpenAI and compatible', 'OPENAI_API_KEY, OPENAI_BASE_URL'],
  ['Anthropic', 'ANTHROPIC_API_KEY'],
  ['Google', 'GOOGLE_GENERATIVE_AI_API_KEY'],
  ['Ollama', 'OLLAMA_MODEL'],
] as const;

/** Shows the name of the model, and explains how to set up another model. */
export function ModelHint({ model }: { readonly model: ModelInfo }): ReactElement {
  const id = useId();
  const isScripted = model.kind === 'scripted';
  return (
    <>
      <button type="button" className="pill" popoverTarget={id} aria-label={`Model: ${model.name}. About it`}>
        <span className="pill-text">{model.name}</span>
        <Icon name="chevron" />
      </button>
      <section id={id} popover="auto" className="popover" aria-label="The model">
        <p className="popover-title">{isScripted ? 'No model: scripted' : model.name}</p>
        <p className="popover-text">
          {isScripted
            ? 'The answers in the scenes were written in advance. The output and the files of their code are real. To use a model, set one of these variables and restart the demo:'
            : `Answers come from ${model.name} (${model.kind}). To use another model, set one of these variables and restart the demo:`}
        </p>
        <dl className="settings">
          {SETTINGS.map(([name, variables]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{variables}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
