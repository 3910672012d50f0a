/**
 * Two limits that ESLint's own rules measure otherwise than people read. A function is as long as its own lines, without
 * the functions inside it, each of which is measured by itself. It branches where the reader must choose: `?.`, `??`
 * and default values are no choice.
 */
const functions = 'FunctionDeclaration, FunctionExpression, ArrowFunctionExpression';

const branches = [
  'IfStatement', 'ConditionalExpression', 'LogicalExpression[operator="&&"]', 'LogicalExpression[operator="||"]', 'CatchClause',
  'ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement', 'SwitchCase[test]',
].join(', ');

const schema = [{ type: 'integer', minimum: 1 }];

/** @type {import('eslint').Rule.RuleModule} */
const functionLines = {
  meta: { schema, messages: { long: 'This function has {{lines}} lines of its own; at most {{most}}.' } },
  create(context) {
    const [most] = context.options;
    const inside = [0];
    return {
      [functions]: () => inside.push(0),
      [`:matches(${functions}):exit`](node) {
        const all = node.loc.end.line - node.loc.start.line + 1;
        const lines = all - inside.pop();
        // What encloses it still has the line where it begins.
        inside[inside.length - 1] += all - 1;
        if (lines > most) context.report({ node, messageId: 'long', data: { lines, most } });
      },
    };
  },
};

/** @type {import('eslint').Rule.RuleModule} */
const functionBranches = {
  meta: { schema, messages: { many: 'This function has {{count}} paths; at most {{most}}.' } },
  create(context) {
    const [most] = context.options;
    const counts = [1];
    return {
      [functions]: () => counts.push(1),
      [branches]: () => (counts[counts.length - 1] += 1),
      [`:matches(${functions}):exit`](node) {
        const count = counts.pop();
        if (count > most) context.report({ node, messageId: 'many', data: { count, most } });
      },
    };
  },
};

export const house = { rules: { 'function-lines': functionLines, 'function-branches': functionBranches } };
