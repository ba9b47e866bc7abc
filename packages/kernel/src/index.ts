export { sandboxKernels } from './sandbox-kernels.ts';
