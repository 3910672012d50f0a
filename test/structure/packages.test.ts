import { describe, expect, it } from 'vitest';
import { projectFiles, read, linesWith, textFiles } from './tree.ts';

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>;
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> };
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');

describe('packages', () => {
  it('are asked for in exact versions', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies });

    expect(all.filter(([, version]) => !/^\d+[.]\d+[.]\d+$/.test(version))).toEqual([]);
  });

  it('are locked by content, not by the address they once came from', () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(installed.filter(([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true).map(([path]) => path)).toEqual([]);
  });

  it('run no script of theirs when installed, but for one that changes nothing when it is left out', () => {
    expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual(['node_modules/esbuild']);
  });

  it('that run in Lambda are few, and each was chosen', () => {
    expect(Object.keys(manifest.dependencies).toSorted()).toEqual([
      '@aws-sdk/client-connect', '@aws-sdk/client-dynamodb', '@aws-sdk/client-kms', '@aws-sdk/client-pinpoint-sms-voice-v2',
      '@aws-sdk/client-ses', '@aws-sdk/client-sfn', '@aws-sdk/client-sns', '@middy/core', '@simplewebauthn/server', 'csv-parse',
      'libphonenumber-js', 'otplib', 'saxes', 'uqr', 'zod',
    ]);
  });

  it('that run in Lambda are used there', () => {
    const imports = projectFiles.filter((path) => /^(shared|functions)\/.*[.]ts$/.test(path)).map(read).join('\n');

    const unused = Object.keys(manifest.dependencies).filter((name) => !new RegExp(`from '${name}[/']`).test(imports));

    expect(unused).toEqual([]);
  });

  it('may be passed on: no license asks more than to be named', () => {
    const permissive = /^(MIT|ISC|0BSD|Apache-2[.]0|BSD-[23]-Clause|BlueOak-1[.]0[.]0|MPL-2[.]0|\(MIT OR [\w.-]+\))$/;

    expect(installed.filter(([, { license }]) => !permissive.test(license ?? '')).map(([path, { license }]) => [path, license])).toEqual([]);
  });
});

describe('what is committed', () => {
  it('names no folder of the machine on which it was written', () => {
    const machine = new RegExp(['work', 'root', 'home/\\w+', 'Users/\\w+'].map((name) => `(^|[^\\w.:~-])/${name}/`).join('|'));

    expect(linesWith(textFiles, (line) => machine.test(line))).toEqual([]);
  });

  it('names no package registry and no mirror of one', () => {
    const registry = /registry[.](npmjs|yarnpkg|npmmirror)|artifactory|nexus\/|verdaccio|https?:\/\/[\w.-]*(npm|pypi)[\w.-]*\//i;

    expect(linesWith(textFiles.filter((path) => !path.startsWith('test/structure/')), (line) => registry.test(line))).toEqual([]);
    expect(read('package-lock.json')).not.toContain('.tgz');
  });
});
