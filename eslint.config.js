/**
 * The house's lint rules. Every message says what to do instead: a rule that only forbids makes people work around it.
 * Layout is prettier's business, import directions are test/unit/import-rules.test.ts's.
 */
import { builtinRules } from 'eslint/use-at-your-own-risk'
import tseslint from 'typescript-eslint'

/** The same rule, each of its messages followed by what to do instead. */
function withAdvice(rule, advice) {
  return {
    ...rule,
    create(context) {
      const report = ({ messageId, message, ...rest }) =>
        context.report({ ...rest, message: `${message ?? rule.meta.messages[messageId]} ${advice}` })
      return rule.create(Object.create(context, { report: { value: report } }))
    },
  }
}

const core = (name) => builtinRules.get(name)
const typed = (name) => tseslint.plugin.rules[name]

const house = {
  rules: {
    'max-lines': withAdvice(
      core('max-lines'),
      'Split the file along what changes together: one exported thing per file, named after it.',
    ),
    'max-lines-per-function': withAdvice(
      core('max-lines-per-function'),
      'Give its parts names of their own: small functions around a table or a plain sequence of steps.',
    ),
    'no-console': withAdvice(core('no-console'), 'Take a Logger (src/util/logger.ts) as a parameter and log fields.'),
    eqeqeq: withAdvice(core('eqeqeq'), 'Compare with === and !==; undefined and null are told apart here.'),
    'no-explicit-any': withAdvice(
      typed('no-explicit-any'),
      'Use unknown and a validator (ajv) or a type guard where the value enters.',
    ),
    'no-floating-promises': withAdvice(
      typed('no-floating-promises'),
      'Await it; or, where it runs on its own, `void work().catch(logIt)` so that a failure is seen.',
    ),
    'no-misused-promises': withAdvice(
      typed('no-misused-promises'),
      'Nobody waits for this promise: wrap it in a function that handles its failure.',
    ),
    'switch-exhaustiveness-check': withAdvice(
      typed('switch-exhaustiveness-check'),
      'Handle the missing case here, so that a new member of the union cannot be forgotten.',
    ),
    'ban-ts-comment': withAdvice(
      typed('ban-ts-comment'),
      'Narrow the type, or cast through unknown and say in a comment why that is right.',
    ),
    'no-non-null-assertion': withAdvice(
      typed('no-non-null-assertion'),
      'Say what happens when it is missing: throw an error that names it, or use a default.',
    ),
    'consistent-type-imports': typed('consistent-type-imports'),
    'no-unused-vars': withAdvice(
      typed('no-unused-vars'),
      'Delete it, or begin its name with _ when a signature needs it.',
    ),
  },
}

const restrictedSyntax = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'No default exports: export it by its name, so that one search finds every use.',
  },
  {
    selector: 'TSEnumDeclaration',
    message: 'No enums: write `const names = [...] as const` and `type Name = (typeof names)[number]`.',
  },
  {
    selector: 'TSModuleDeclaration[kind!="global"]:not([declare=true])',
    message: 'No namespaces: a file is a module already.',
  },
  {
    selector: 'TSParameterProperty',
    message: 'No parameter properties: types are stripped, not compiled. Declare the field and assign it.',
  },
]

const restrictedInTests = [
  {
    selector: 'CallExpression[callee.object.name=/^(test|it|describe)$/][callee.property.name="only"]',
    message: 'Run one test with --test-name-pattern instead; a committed .only hides all others.',
  },
]

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '.cache/', '**/*.gen.ts', 'docs/generated/', '.polyvisor*/'] },
  {
    files: ['**/*.ts'],
    plugins: { house },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'house/max-lines': ['error', { max: 400 }],
      'house/eqeqeq': 'error',
      'house/no-explicit-any': 'error',
      'house/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite', 'before', 'after'] },
          ],
        },
      ],
      'house/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
      'house/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'house/ban-ts-comment': 'error',
      'house/no-non-null-assertion': 'error',
      'house/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      'house/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      'no-restricted-syntax': ['error', ...restrictedSyntax],
      'prefer-const': 'error',
      'no-var': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'drivers/**/*.ts'],
    rules: {
      'house/max-lines-per-function': ['error', { max: 80, skipComments: true, skipBlankLines: true }],
      'house/no-console': 'error',
    },
  },
  {
    // The command line's business is to print.
    files: ['src/cli/**/*.ts'],
    rules: { 'house/no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax, ...restrictedInTests] },
  },
)
