/**
 * Who may import whom (docs/architecture.md). Imports run one way: doors → nouns → platform; a noun imports nouns of
 * lower rank only. `npm run boundaries` checks it, and `npm test` runs that.
 */

/** The nouns of shared/, lowest rank first; those in one row know nothing of each other. */
const ranks = require('./shared/ranks.json');

const folder = (nouns) => `^shared/(${nouns.join('|')})/`;

const rankRules = ranks.flatMap((row, rank) =>
  row.map((noun) => ({
    name: `${noun}-imports-only-lower-nouns`,
    severity: 'error',
    from: { path: folder([noun]) },
    to: { path: '^shared/', pathNot: [folder([noun]), '^shared/(platform|contract)/', ...(rank > 0 ? [folder(ranks.slice(0, rank).flat())] : [])] },
  })),
);

const doorRules = [
  ['events/[^/]+', 'functions/events/<trigger>'],
  ['workflows/[^/]+', 'functions/workflows/<machine>'],
  ['operator', 'functions/operator'],
].map(([place, called]) => ({
  name: `${called.replaceAll(/[</>]+/g, '-').replace(/-$/, '')}-imports-no-other-door`,
  comment: `${called} imports its own folder, functions/start and shared.`,
  severity: 'error',
  from: { path: `^functions/(${place})/` },
  to: { path: '^functions/', pathNot: ['^functions/$1/', '^functions/start/'] },
}));

/** Never a cycle, never what is not there. */
const soundness = [
  { name: 'no-cycles', severity: 'error', from: { path: '^(shared|functions|infra|web)/' }, to: { circular: true } },
  {
    name: 'no-cycles-at-run-time',
    comment: 'Elsewhere two files may name each other\'s types.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  {
    name: 'no-undeclared-packages',
    comment: 'A package that another one happens to bring can leave with it.',
    severity: 'error',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'product-imports-no-development-packages',
    severity: 'error',
    from: { path: '^(shared|functions)/' },
    to: { dependencyTypes: ['npm-dev', 'npm-optional'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
  },
  {
    name: 'product-imports-no-tests',
    comment: 'No stand-in of local/ or test/ ever reaches a Lambda bundle (A136).',
    severity: 'error',
    from: { path: '^(shared|functions|infra|web)/' },
    to: { path: '^(local|test|bench)/' },
  },
];

const nouns = [
  { name: 'contract-imports-nothing', comment: 'Data only.', severity: 'error', from: { path: '^shared/contract/' }, to: { pathNot: '^shared/contract/' } },
  {
    name: 'platform-imports-no-noun',
    severity: 'error',
    from: { path: '^shared/platform/' },
    to: { path: '^(shared|functions|infra)/', pathNot: '^shared/(platform|contract)/' },
  },
  {
    name: 'every-noun-has-a-rank',
    severity: 'error',
    from: { path: '^shared/', pathNot: ['^shared/(platform|contract)/', folder(ranks.flat())] },
    to: {},
  },
  {
    name: 'shared-imports-no-door',
    severity: 'error',
    from: { path: '^shared/' },
    to: { path: '^(functions|infra)/' },
  },
  {
    name: 'nouns-know-no-transport',
    comment: 'HTTP, Lambda and the shapes of requests belong to the doors.',
    severity: 'error',
    from: { path: '^shared/' },
    to: { path: 'node_modules/(@types/aws-lambda|aws-lambda|@middy|zod)(/|$)' },
  },
  {
    name: 'only-platform-and-delivery-call-aws',
    severity: 'error',
    from: { path: '^shared/', pathNot: '^shared/(platform|delivery)/' },
    to: { path: 'node_modules/@aws-sdk/', dependencyTypesNot: ['type-only'] },
  },
];

const doors = [
  ...doorRules,
  {
    name: 'functions-api-is-imported-by-nothing',
    comment: 'A file of functions/api is a door: Lambda calls it, nothing imports it.',
    severity: 'error',
    from: { path: '^functions/' },
    to: { path: '^functions/api/[^/]+[.]ts$' },
  },
  {
    name: 'functions-api-noun-imports-no-other-door',
    comment: 'functions/api/<noun>.ts imports functions/api/<noun>/, the folders that all these doors share, functions/start and shared.',
    severity: 'error',
    from: { path: '^functions/api/([^/.]+)(?:[.]ts$|/)' },
    to: { path: '^functions/', pathNot: ['^functions/api/($1|request|wire)/', '^functions/start/'] },
  },
  { name: 'functions-start-imports-no-door', severity: 'error', from: { path: '^functions/start/' }, to: { path: '^functions/', pathNot: '^functions/start/' } },
  { name: 'functions-import-no-infra', severity: 'error', from: { path: '^functions/' }, to: { path: '^infra/' } },
];

const around = [
  {
    name: 'web-imports-only-itself',
    comment: 'What a browser runs knows the service by what it answers; nothing of the service reaches a browser.',
    severity: 'error',
    from: { path: '^web/' },
    to: { pathNot: ['^web/', 'node_modules/@simplewebauthn/browser/'] },
  },
  {
    name: 'infra-imports-only-the-contract',
    comment: 'What runs in Lambda is named by path, never imported.',
    severity: 'error',
    from: { path: '^infra/' },
    to: { path: '^(shared|functions|web)/', pathNot: '^shared/contract/' },
  },
  {
    name: 'local-imports-only-the-contract',
    comment: 'The local stack knows the service by its template and its API, so that it cannot agree with it by accident.',
    severity: 'error',
    from: { path: '^local/' },
    to: { path: '^(shared|functions|infra)/', pathNot: '^shared/contract/' },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...soundness, ...nouns, ...rankRules, ...doors, ...around],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(cdk[.]out|[.]local|local/phone-page/assets|local/portal/portal[.]js)' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
