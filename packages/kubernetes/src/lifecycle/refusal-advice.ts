/** Advice for rejected creations, by patterns in the cluster's message. */
const ADVICE: readonly (readonly [words: RegExp, advice: string])[] = [
  [
    /violates PodSecurity/,
    'Remove the option that weakens the named setting, or use a namespace whose label pod-security.kubernetes.io/enforce permits it.',
  ],
  [
    /exceeded quota/,
    'Reduce the requests and limits, remove unused sandboxes, or request a larger quota. Each sandbox needs one pod and one Job. A sandbox with a name needs a second Job.',
  ],
  [
    /(minimum|maximum) .* usage per (Container|Pod)|limit to request ratio per (Container|Pod)/,
    "Set the options requests and limits to values that the namespace's LimitRange permits.",
  ],
  [/namespaces "[^"]*" not found/, 'Create the namespace, or set the option namespace to an existing namespace.'],
  [/RuntimeClass "[^"]*" not found/, 'Set runtimeClassName to a class of this cluster; "kubectl get runtimeclasses" lists them.'],
];

/** Returns advice for a creation that the cluster rejected with this message, or undefined if there is no specific advice. */
export function refusalAdvice(message: string): string | undefined {
  return ADVICE.find(([words]) => words.test(message))?.[1];
}
