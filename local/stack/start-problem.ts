/** Why the stack cannot start, in one sentence that says what to do. Shown without a stack trace. */
export class StartProblem extends Error {}
