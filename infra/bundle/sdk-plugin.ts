/** Replaces three parts of the AWS SDK that cost much of a cold start and can do nothing in a Lambda function of ours. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const replacements: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': here('environment-credentials.ts'),
  '@smithy/core/event-streams': here('no-event-streams.ts'),
};

/** Imported by its neighbors only, so it is known by where it lies. */
const configFiles = /[\\/]shared-ini-file-loader[\\/]loadSharedConfigFiles\.js$/;

export const sdkPlugin: Plugin = {
  name: 'leaner-sdk',
  setup(build) {
    build.onResolve({ filter: /^@(?:aws-sdk|smithy)\// }, ({ path, kind }) => {
      const replacement = replacements[path];
      // A client that does use event streams imports them statically, and keeps them.
      const isNeeded = path.endsWith('/event-streams') && kind !== 'dynamic-import';
      return replacement && !isNeeded ? { path: replacement } : undefined;
    });
    build.onLoad({ filter: configFiles }, async () => ({ contents: await readFile(here('no-config-files.ts'), 'utf8'), loader: 'ts' }));
  },
};
