import { z } from 'zod';
import { SandpodError } from '../errors/sandpod-error.ts';
import { textWithoutNulSchema } from '../options/field-schemas.ts';
import { parsePythonFunction } from './parse-python-function.ts';
import type { GlobalImport, ImportAlias, PythonFunction } from './python-function.ts';

const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
const isIdentifier = (name: string): boolean => /^[\p{XIDS}_]\p{XIDC}*$/u.test(name) && !KEYWORDS.has(name);

const nameSchema = z.string().refine(isIdentifier, { error: 'expected a Python identifier' });
const moduleSchema = z.string().refine((path) => path.split('.').every(isIdentifier), { error: 'expected the name of a Python module' });
const importAliasSchema: z.ZodType<ImportAlias, ImportAlias> = z.strictObject({ name: nameSchema, alias: nameSchema });

const globalImportSchema: z.ZodType<GlobalImport, GlobalImport> = z.union([
  moduleSchema,
  z.strictObject({ module: moduleSchema, alias: nameSchema }),
  z.strictObject({ module: moduleSchema, imports: z.array(z.union([nameSchema, importAliasSchema])).min(1) }),
]);

/** Rejects paths and pip options. Options begin with a dash. */
const requirementSchema = textWithoutNulSchema.refine((text) => /^[A-Za-z0-9][^\r\n]*$/.test(text), {
  error: 'expected a requirement such as "pandas>=2"',
});

const sourceSchema = z.string().superRefine((source, context) => {
  const expected = problemOf(source);
  if (expected !== undefined) context.addIssue({ code: 'custom', message: `expected ${expected}` });
});

const pythonFunctionSchema: z.ZodType<string | PythonFunction, string | PythonFunction> = z.union([
  sourceSchema,
  z.strictObject({
    source: sourceSchema,
    pythonPackages: z.array(requirementSchema).optional(),
    globalImports: z.array(globalImportSchema).optional(),
  }),
]);

/** Functions that blocks can import. Their names must be unique. */
export const functionsSchema: z.ZodType<(string | PythonFunction)[], readonly (string | PythonFunction)[]> = z
  .array(pythonFunctionSchema)
  .superRefine((functions, context) => {
    const sources = functions.map((each) => (typeof each === 'string' ? each : each.source));
    if (sources.some((source) => problemOf(source) !== undefined)) return;
    const names = sources.map((source) => parsePythonFunction(source).name);
    const twice = names.findIndex((name, index) => names.indexOf(name) < index);
    if (twice === -1) return;
    context.addIssue({ code: 'custom', path: [twice], message: `expected a unique function name, but ${names[twice]} is already used` });
  });

function problemOf(source: string): string | undefined {
  try {
    parsePythonFunction(source);
    return undefined;
  } catch (error) {
    if (!SandpodError.isInstance(error)) throw error;
    return String(error.details['expected']);
  }
}

/** ASCII only, because the module's name is also a file name. */
export const functionsModuleSchema: z.ZodType<string, string> = z.string().refine((name) => /^\w{1,64}$/.test(name) && isIdentifier(name), {
  error: 'expected a valid Python identifier that contains only ASCII letters, digits and "_"',
});

/** The URL of an index, or a directory of wheels in the sandbox. */
export const packageIndexSchema: z.ZodType<string> = textWithoutNulSchema.refine(
  (index) => (index.includes('://') ? /^https?:\/\/[^\s/]+\S*$/.test(index) : index.trim() !== '' && !index.startsWith('-')),
  { error: 'expected the URL of an index (http or https), or a directory of wheels in the sandbox' },
);
