import { testExamples } from './run-example.ts';

testExamples(['docker']);
