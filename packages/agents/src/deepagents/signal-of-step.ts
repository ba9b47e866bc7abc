import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons';

/**
 * Returns the signal of the step of the agent that calls this function, for example a tool call. It fires when the run is aborted.
 * deepagents passes no signal to its backend, but LangChain keeps the step's configuration in async local storage.
 */
function signalOfStep(): AbortSignal | undefined {
  const config: { readonly signal?: AbortSignal } | undefined = AsyncLocalStorageProviderSingleton.getRunnableConfig();
  return config?.signal;
}

/** Returns a signal that fires when the given signal or the signal of the current step fires. */
export function withStep(abortSignal: AbortSignal | undefined): AbortSignal | undefined {
  const step = signalOfStep();
  if (step === undefined || abortSignal === undefined) return step ?? abortSignal;
  return AbortSignal.any([step, abortSignal]);
}
