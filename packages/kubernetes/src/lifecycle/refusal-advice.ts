/** What to do about a creation that the cluster refuses, by its words. */
const ADVICE: readonly (readonly [words: RegExp, advice: string])[] = [
  [
    /violates PodSecurity/,
    'Leave out the option that loosens what the message names, or use a namespace whose label pod-security.kubernetes.io/enforce permits it.',
  ],
  [
    /exceeded quota/,
    'Lower requests and limits, remove sandboxes that nobody needs, or ask for a larger quota; every sandbox needs one pod and one Job, or two Jobs if it has a name.',
  ],
  [
    /(minimum|maximum) .* usage per (Container|Pod)|limit to request ratio per (Container|Pod)/,
    "Set the options requests and limits as the namespace's LimitRange asks.",
  ],
  [/namespaces "[^"]*" not found/, 'Create the namespace, or name another one in the option namespace.'],
  [/RuntimeClass "[^"]*" not found/, 'Name a class of this cluster in runtimeClassName; "kubectl get runtimeclasses" lists them.'],
];

/** What to do about a creation that the cluster refuses with these words, or undefined where nothing special is known. */
export function refusalAdvice(message: string): string | undefined {
  return ADVICE.find(([words]) => words.test(message))?.[1];
}
