import { loadAdapter } from '../shared/load-adapter.ts';

const load = (): Promise<typeof import('./index.ts')> => import('./index.ts');

/** The adapter for programs that Node runs. If a package is missing, the import fails with the command that installs it. */
export const { CODE_TOOL_NAME, bashTool, codeTool, fileTools } = await loadAdapter({ subPath: 'ai-sdk', peers: ['ai@7'], load });
