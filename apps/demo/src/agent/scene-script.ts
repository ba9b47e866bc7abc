import { SCENES } from './scenes/all-scenes.ts';
import type { Scene } from './scenes/scene.ts';
import type { Reply, Script } from './scripted-model.ts';
import type { Turn } from './turn.ts';

/** Plays the scene for the prompt. For any other prompt, replies that there is no model. */
export const sceneScript: Script = (turn) => findScene(turn.request)?.script(turn) ?? explain(turn);

function findScene(request: string): Scene | undefined {
  const wanted = normalize(request);
  return SCENES.find(({ prompt }) => normalize(prompt) === wanted);
}

function normalize(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function explain(_turn: Turn): Reply {
  const scenes = SCENES.map(({ prompt }) => `- ${prompt}`).join('\n');
  return {
    text: `I am a **script, not a language model**. I can answer only the prompts below, but the code in my answers really runs in the sandbox.

${scenes}

You can also type code between \`\`\` fences. It runs as is.

To use a model, set one of these variables and restart the demo: \`OPENAI_API_KEY\` (with \`OPENAI_BASE_URL\` for any compatible service), \`ANTHROPIC_API_KEY\`, \`GOOGLE_GENERATIVE_AI_API_KEY\` or \`OLLAMA_MODEL\`.`,
  };
}
