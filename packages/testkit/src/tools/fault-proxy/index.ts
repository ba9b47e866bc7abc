export { type ChooseFault, type Direction, type Fault, type FaultyRequest, firstTimes } from './fault.ts';
export { FaultProxy, type FaultProxyOptions } from './fault-proxy.ts';
