/**
 * The rules of the house that a machine can keep: sizes, where time and randomness come from, who may read the
 * environment, how secrets are compared. Who may import whom is in .dependency-cruiser.cjs, names are in test/structure.
 */
import tseslint from 'typescript-eslint';
import { house } from './test/structure/lint-rules.mjs';

const folders = ['bench', 'docs', 'events', 'functions', 'infra', 'local', 'shared', 'test', 'web'];
const typed = folders.map((folder) => `${folder}/**/*.ts`);
const product = ['shared/**/*.ts', 'functions/**/*.ts', 'web/**/*.ts'];

const clock = 'Time comes in as an argument: take a Clock (shared/platform/clock.ts).';
const timeAndChance = [
  { selector: 'CallExpression[callee.object.name=/^(Date|performance)$/][callee.property.name="now"]', message: clock },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clock },
  { selector: 'CallExpression[callee.name="Date"]', message: clock },
  {
    selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    message: 'Randomness comes in as an argument: take a Random (shared/platform/random.ts).',
  },
];

/** Two values, not one value and a constant: there is nothing to learn from how long `pin === undefined` takes. */
const comparison = 'BinaryExpression[operator=/^[!=]==?$/]:not([right.name="undefined"]):not([right.type="Literal"])';
const secret = '/^(mac|hash|secret|pin|signature|digest|.*(Mac|Hash|Secret|Pin|Signature|Digest))$/';
const secretComparisons = ['left.name', 'left.property.name', 'right.name', 'right.property.name'].map((side) => ({
  selector: `${comparison}[${side}=${secret}]`,
  message: 'Secrets, and what is made of them, are compared by sameBytes (shared/platform/crypto/keyed-hash.ts).',
}));

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Exports are named, so that one thing goes by one name everywhere.',
};

const honestTests = [
  {
    selector: 'CallExpression[callee.object.name="vi"][callee.property.name=/^(mock|doMock)$/][arguments.0.value=/^[.]/]',
    message: 'Our own modules are not mocked: pass other dependencies.',
  },
  {
    selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo|fails)$/]',
    message: 'A test runs, with all the others, or it is not there.',
  },
];

/** Mistakes that need no types to be seen. */
const mistakes = [
  'array-callback-return', 'constructor-super', 'for-direction', 'no-case-declarations', 'no-cond-assign', 'no-const-assign',
  'no-constant-binary-expression', 'no-constant-condition', 'no-control-regex', 'no-debugger', 'no-dupe-else-if', 'no-duplicate-case',
  'no-empty', 'no-empty-pattern', 'no-eval', 'no-fallthrough', 'no-loss-of-precision', 'no-misleading-character-class', 'no-new-func',
  'no-new-wrappers', 'no-prototype-builtins', 'no-regex-spaces', 'no-self-assign', 'no-self-compare', 'no-shadow-restricted-names',
  'no-sparse-arrays', 'no-unexpected-multiline', 'no-unreachable', 'no-unreachable-loop', 'no-unsafe-finally', 'no-unsafe-negation',
  'no-unsafe-optional-chaining', 'no-useless-catch', 'no-useless-escape', 'no-useless-rename', 'no-useless-return', 'no-var',
  'object-shorthand', 'prefer-object-has-own', 'radix', 'require-yield', 'use-isnan', 'valid-typeof',
];

export default tseslint.config(
  { ignores: ['node_modules/', 'cdk.out/', '.local/', 'dist/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: typed })),
  {
    files: typed,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Dependencies are records of functions, and none of them knows `this`.
      '@typescript-eslint/unbound-method': 'off',
      // `() => void (count += 1)` says that nothing is returned.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // A handler may be asynchronous because its like are.
      '@typescript-eslint/require-await': 'off',
      // `readJson<Position>(file)` says what is in the file, where the file is known.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['**/*.ts', '**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: { parser: tseslint.parser },
    plugins: { house },
    rules: {
      ...Object.fromEntries(mistakes.map((name) => [name, 'error'])),
      curly: ['error', 'multi-line'],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': ['error', { destructuring: 'all', ignoreReadBeforeAssign: true }],
      'max-lines': ['error', { max: 200 }],
      'max-params': ['error', { max: 6 }],
      'max-depth': ['error', { max: 4 }],
      'house/function-lines': ['error', 50],
      'house/function-branches': ['error', 12],
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },

  {
    files: product,
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', noDefaultExport, ...timeAndChance, ...secretComparisons],
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only shared/platform/config reads the environment.' }],
      'no-restricted-imports': ['error', {
        paths: ['randomBytes', 'randomFillSync', 'randomInt', 'randomUUID', 'webcrypto'].map((name) => ({
          name: 'node:crypto', importNames: [name], message: 'Take a Random (shared/platform/random.ts).',
        })),
      }],
    },
  },
  { files: ['shared/platform/config/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['shared/platform/random.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['shared/platform/clock.ts'], rules: { 'no-restricted-syntax': ['error', noDefaultExport, ...secretComparisons] } },

  {
    files: ['test/**/*.ts'],
    rules: {
      // A list of sentences about one subject may be longer than what it is about.
      'max-lines': ['error', { max: 300 }],
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'no-restricted-syntax': ['error', noDefaultExport, ...honestTests],
      // Answers are read as anything: what they must be is what the test says.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  // The tools that read these want a default export.
  { files: ['*.config.*', '**/*.d.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // CDK's types have enumerations that are numbers to us.
  { files: ['infra/**/*.ts'], rules: { '@typescript-eslint/no-unsafe-enum-assignment': 'off' } },
  // Tables of data are as long as what they list.
  { files: ['shared/contract/*.ts', 'shared/platform/problems/problem-catalogue.ts'], rules: { 'max-lines': 'off' } },
);
