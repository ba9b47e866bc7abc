import { testBackend } from './fixtures/test-backend.ts';

testBackend({ name: 'docker', image: 'testbed/polyglot:1', env: {}, doctor: /ok +daemon: Docker \d+/ });
