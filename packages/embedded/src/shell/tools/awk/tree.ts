/** A variable. In a function, `slot` is the number of the parameter that has this name. */
export interface NameNode {
  readonly kind: 'name';
  readonly name: string;
  readonly slot: number | undefined;
}

/** Something that can be assigned to. */
export type Place =
  | NameNode
  | { readonly kind: 'element'; readonly list: NameNode; readonly keys: readonly Expression[] }
  | { readonly kind: 'field'; readonly index: Expression };

export type Getline = {
  readonly kind: 'getline';
  readonly place: Place | undefined;
  /** The file or command to read. Undefined for the main input. */
  readonly source: Expression | undefined;
  readonly isCommand: boolean;
};

export type Expression =
  | Place
  | Getline
  | { readonly kind: 'constant'; readonly value: string | number }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'assign'; readonly place: Place; readonly operator: string; readonly value: Expression }
  | { readonly kind: 'step'; readonly place: Place; readonly by: 1 | -1; readonly isPrefix: boolean }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'logical'; readonly operator: '&&' | '||'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'match'; readonly isNegated: boolean; readonly text: Expression; readonly pattern: Expression }
  | { readonly kind: 'in'; readonly keys: readonly Expression[]; readonly list: NameNode }
  /** Expressions in parentheses: several in `print (a, b)`, one elsewhere. */
  | { readonly kind: 'group'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] }
  | { readonly kind: 'builtin'; readonly name: string; readonly given: readonly Expression[] };

export interface Redirection {
  readonly mode: '>' | '>>' | '|';
  readonly target: Expression;
}

export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'print'; readonly isFormat: boolean; readonly items: readonly Expression[]; readonly to: Redirection | undefined }
  | { readonly kind: 'if'; readonly condition: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  /** Any loop with a condition. */
  | {
      readonly kind: 'for';
      readonly start: Statement | undefined;
      readonly condition: Expression | undefined;
      readonly step: Statement | undefined;
      readonly body: Statement;
      /** True for `do`, whose body runs once before the condition is evaluated. */
      readonly isFirstFree: boolean;
    }
  | { readonly kind: 'for-in'; readonly place: NameNode; readonly list: NameNode; readonly body: Statement }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'delete'; readonly list: NameNode; readonly keys: readonly Expression[] | undefined }
  | { readonly kind: 'exit' | 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'next' | 'nextfile' | 'break' | 'continue' };

export interface Rule {
  /**
   * Without a pattern, the rule applies to every record. With two patterns, it applies to the records from a match of the first to a match
   * of the second.
   */
  readonly patterns: readonly Expression[];
  /** The action. If it is undefined, the record is printed. */
  readonly body: Statement | undefined;
}

export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly body: Statement;
}

export interface AwkProgram {
  readonly begin: readonly Statement[];
  readonly rules: readonly Rule[];
  readonly end: readonly Statement[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
}
