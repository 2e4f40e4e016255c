import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const nodeGlobals = {
  console: 'readonly',
  process: 'readonly',
  URL: 'readonly',
  module: 'writable',
  require: 'readonly',
}

/** Runners collect what these return, so nobody has to await it. */
const nodeTestCalls = ['test', 'it', 'describe', 'suite', 'before', 'after', 'beforeEach', 'afterEach'].map((name) => ({
  from: 'package',
  package: 'node:test',
  name,
}))

const noDefaultExport = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Export by name: a default export can be called anything by its importer.',
  },
  {
    selector: 'ExportSpecifier[exported.name="default"]',
    message: 'Export by name: a default export can be called anything by its importer.',
  },
]

const restrictedSyntax = [
  {
    selector: 'CatchClause > BlockStatement[body.length=0]',
    message: 'Handle the error, let it pass, or say in code what its absence means: an empty catch hides failures.',
  },
  {
    selector: 'TSEnumDeclaration',
    message: 'Use a union of literals or a const object: type stripping knows no enums.',
  },
]

export default defineConfig(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      'artifacts/',
      'cache/',
      'coverage/',
      '.musubi/',
      // Written by `npm run codegen`, which proves it against the contracts.
      'sdk/src/generated/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: nodeGlobals } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.json',
          './sdk/tsconfig.json',
          './cli/tsconfig.json',
          './indexer/tsconfig.json',
          './attester/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^\\.{1,2}/.*\\.js$', message: 'Name the file that is there: relative imports end in .ts.' },
          ],
        },
      ],
      // A port is asynchronous for the adapter that needs it; the one in memory need not await.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: nodeTestCalls }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // STYLE: the types of a function sit in `export declare namespace functionName`.
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_$' }],
    },
  },
  {
    files: ['**/*.{ts,js,mjs,cjs}'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 70 }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...restrictedSyntax, ...noDefaultExport],
    },
  },
  {
    // Tools that read these files ask for a default export.
    files: [
      'hardhat.config.ts',
      'eslint.config.js',
      '.dependency-cruiser.{js,mjs,cjs}',
      'ignition/modules/**/*.ts',
      'scripts/**/*Reporter.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax] },
  },
  {
    // A library leaves the terminal to the program that uses it.
    files: ['sdk/src/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    // A `describe` is a chapter, not a function; what a test reads it may assert.
    files: ['test/**/*.ts', 'sdk/test/**/*.ts', 'cli/test/**/*.ts', 'indexer/test/**/*.ts', 'attester/test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // An ethers contract has whatever functions its ABI has: its calls carry no types, and chai asserts by property.
    files: ['test/contracts/**/*.ts'],
    rules: {
      // An `Addressable` prints as its address.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
)
