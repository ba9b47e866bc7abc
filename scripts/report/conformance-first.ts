import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Starts the files with conformance suites first. Each of these files takes minutes, and would otherwise run alone at the end. */
export class ConformanceFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isConformance = ({ moduleId }: TestSpecification): boolean => /conformance[^/]*\.int\.test/.test(moduleId);
    return [...sorted.filter(isConformance), ...sorted.filter((file) => !isConformance(file))];
  }
}
