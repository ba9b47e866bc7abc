import { testMcpBackend } from './mcp-backend-suite.ts';

testMcpBackend({ name: 'docker', env: {} });
