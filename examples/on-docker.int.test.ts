import { testExamples } from './run-example.ts';

// The testbed's image with pandas.
testExamples(['docker'], { IMAGE: 'testbed/jupyter:1' });
