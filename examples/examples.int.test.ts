import { testExamples } from './run-example.ts';

testExamples(['embedded', 'ai-sdk', 'chat', 'langchain', 'deepagents', 'mcp', 'adk']);
