/**
 * The arrows between folders, as docs/ARCHITECTURE.md draws them. `npm run check:imports` follows every import, type
 * imports included. A layer names what it may use; what it does not name it may not use.
 */

/** Layers of a package: what each may import besides itself. A folder that is not here may import nothing of the package. */
const SDK = {
  generated: [],
  protocol: ['generated'],
  ports: ['protocol', 'generated'],
  roles: ['ports', 'protocol', 'generated'],
  adapters: ['ports', 'protocol', 'generated'],
  testing: ['ports', 'protocol', 'generated'],
}

/** What every part of the indexer may stand on; these know nothing of what stands on them. */
const INDEXER_BASE = ['text', 'database', 'registers', 'journal']
const INDEXER = {
  text: [],
  database: ['text'],
  registers: ['text', 'database'],
  journal: ['text', 'database', 'registers'],
  books: INDEXER_BASE,
  ingest: ['books', ...INDEXER_BASE],
  receipts: ['books', ...INDEXER_BASE],
  reconcile: ['books', ...INDEXER_BASE],
  billing: ['books', ...INDEXER_BASE],
  export: ['billing', ...INDEXER_BASE],
}

/** What the attester keeps, and where: these know nothing of what stands on them. */
const ATTESTER_BASE = ['state', 'keys']
const ATTESTER = {
  state: [],
  keys: ['state'],
  registry: [],
  devices: ATTESTER_BASE,
  requests: ATTESTER_BASE,
  outbox: ATTESTER_BASE,
  fleet: ['devices', ...ATTESTER_BASE],
  status: ['registry', 'fleet', ...ATTESTER_BASE],
}

/** Only these wire parts together: they lie beside the layers, or in `cli/`. */
const WIRING = '(index|did|cli|server)[.]ts$|cli/'

/** Where the name of a package leads. */
const PUBLIC = '^(sdk|cli|indexer|attester)/dist/index[.](js|d[.]ts)$|^sdk/dist/did[.](js|d[.]ts)$'

/** One rule a layer: inside its package it sees itself, what it names, and single files beside the layers (errors, hashes). */
function layerRules(name, layers) {
  const known = Object.keys(layers).join('|')
  const rules = Object.entries(layers).map(([layer, uses]) => ({
    name: `${name}-${layer}`,
    comment: `${name}/src/${layer} may import ${uses.length === 0 ? 'nothing else' : uses.join(', ')} of its package.`,
    severity: 'error',
    from: { path: `^${name}/src/${layer}/` },
    to: {
      path: `^${name}/src/`,
      pathNot: [`^${name}/src/(${[layer, ...uses].join('|')})/`, `^${name}/src/(?!(cli|server)[.]ts$)[^/]+$`],
    },
  }))
  return [
    ...rules,
    {
      name: `${name}-unknown-folder`,
      comment: `A folder of ${name}/src without arrows: name it, and what it may import, in .dependency-cruiser.mjs.`,
      severity: 'error',
      from: { path: `^${name}/src/(?!(${known}|cli)/)[^/]+/` },
      to: { path: `^${name}/src/` },
    },
    {
      name: `${name}-beside-the-layers`,
      comment: `A single file beside the layers serves all of them, so it uses none; only index, did, cli and server do.`,
      severity: 'error',
      from: { path: `^${name}/src/(?!${WIRING})[^/]+$` },
      to: { path: `^${name}/src/[^/]+/` },
    },
    {
      name: `${name}-own-index`,
      comment: 'Inside a package import the defining file: index.ts and did.ts are for consumers only.',
      severity: 'error',
      from: { path: `^${name}/src/` },
      to: { path: [`^${name}/(src|dist)/(index|did)[.]`, `^${name}/src/.+/index[.]ts$`] },
    },
  ]
}

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one noun, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'This import leads nowhere. Packages of the workspace must be built first: npm run build:ts.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...layerRules('sdk', SDK),
    ...layerRules('indexer', INDEXER),
    ...layerRules('attester', ATTESTER),
    {
      name: 'sdk-by-name',
      comment: 'Import @musubi/sdk by its name: what it does not export may change without notice.',
      severity: 'error',
      from: { path: '^(indexer|attester)/' },
      to: { path: '^sdk/', pathNot: PUBLIC },
    },
    {
      name: 'cli-by-name',
      comment: 'Import @musubi/cli by its name, and what it exports.',
      severity: 'error',
      from: { path: '^(indexer|attester)/' },
      to: { path: '^cli/', pathNot: PUBLIC },
    },
    {
      name: 'cli-stands-alone',
      comment: 'What command lines share knows no program, and nothing of chains.',
      severity: 'error',
      from: { path: '^cli/' },
      to: { path: '^(sdk|indexer|attester)/|node_modules/viem/' },
    },
    {
      name: 'cli-own-index',
      comment: 'Inside a package import the defining file: index.ts is for consumers only.',
      severity: 'error',
      from: { path: '^cli/src/' },
      to: { path: '^cli/(src|dist)/index[.]' },
    },
    {
      name: 'programs-apart',
      comment: 'Indexer and attester meet on the chain alone: neither imports the other.',
      severity: 'error',
      from: { path: '^(indexer|attester)/' },
      to: { path: '^(indexer|attester)/', pathNot: '^$1/' },
    },
    {
      name: 'packages-by-name',
      comment:
        'Import @musubi/sdk by its name. What codegen wrote may be read where it lies, so that contract tests need no build.',
      severity: 'error',
      from: { pathNot: '^(sdk|cli|indexer|attester)/' },
      to: { path: '^(sdk|cli|indexer|attester)/', pathNot: [PUBLIC, '^sdk/src/generated/'] },
    },
    {
      name: 'sdk-knows-no-consumer',
      comment: 'Indexer and attester stand on the SDK, never the other way round.',
      severity: 'error',
      from: { path: '^sdk/' },
      to: { path: '^(indexer|attester)/' },
    },
    {
      name: 'sdk-core-is-pure',
      comment: 'Protocol, ports and roles take clock, store, signer, chain and transport as arguments.',
      severity: 'error',
      from: { path: '^sdk/src/(generated|protocol|ports|roles)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'sdk-devices-stay-small',
      comment: 'A device pays by @musubi/sdk alone: what only @musubi/sdk/did needs is not to be loaded by it.',
      severity: 'error',
      from: { path: '^sdk/src/index[.]ts$' },
      to: { path: 'node_modules/(jose|did-resolver|@scure/base)/', reachable: true },
    },
    {
      name: 'packages-know-no-workshop',
      comment: 'Packages run where there is no Hardhat, no artifact and no script of this repository.',
      severity: 'error',
      from: { path: '^(sdk|cli|indexer|attester)/src/' },
      to: {
        path: '^(artifacts|bench|examples|ignition|scripts|test)/|^hardhat[.]config|node_modules/(hardhat|@nomicfoundation)/|^(sdk|cli|indexer|attester)/test/',
      },
    },
    {
      name: 'packages-list-what-they-use',
      comment:
        'Name the dependency in the package.json of the package that imports it; a dev dependency is not shipped.',
      severity: 'error',
      from: { path: '^(sdk|cli|indexer|attester)/src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'ethers-in-contract-tests-only',
      comment:
        'viem everywhere else: two libraries for one job are two ways to be wrong. Keystores are held against a foreign hand.',
      severity: 'error',
      from: { pathNot: '^(test/contracts|attester/test/keystores)/' },
      to: { path: 'node_modules/ethers/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '(^|/)dist/', '^artifacts/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.d.ts', '.json'],
    },
  },
}
