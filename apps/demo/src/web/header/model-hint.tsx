import { type ReactElement, useId } from 'react';
import type { ModelInfo } from '../../api-types.ts';
import { Icon } from '../ui/icon.tsx';

const SETTINGS = [
  ['OpenAI and compatible', 'OPENAI_API_KEY, OPENAI_BASE_URL'],
  ['Anthropic', 'ANTHROPIC_API_KEY'],
  ['Google', 'GOOGLE_GENERATIVE_AI_API_KEY'],
  ['Ollama', 'OLLAMA_MODEL'],
] as const;

/** Who writes the code. The scripted model says that it is none, and how to set a real one. */
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
            ? 'The answers of the scenes were written in advance; what their code prints and makes is real. To talk to a model, start the demo with one of these set:'
            : `Answers come from ${model.name} (${model.kind}). To talk to another model, start the demo with one of these set:`}
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
