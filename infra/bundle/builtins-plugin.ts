/**
 * Takes node's builtins by `process.getBuiltinModule` instead of a static import. An ES module that imports `node:http`
 * reads every export of it, and on Node 24 one of those loads undici: tens of milliseconds of every cold start.
 */
import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const builtins = new Set(builtinModules);

export const builtinsPlugin: Plugin = {
  name: 'builtins-by-call',
  setup(build) {
    build.onResolve({ filter: /^[a-z]/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      const isBuiltin = path.startsWith('node:') || builtins.has(name);
      return isBuiltin ? { path: `node:${name}`, namespace: 'builtin', sideEffects: false } : undefined;
    });
    // A CommonJS module on purpose: its importers then read only the members they use.
    build.onLoad({ filter: /^/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};
