/** Where the stack pretends to be: a Region and an account that appear in ARNs and nowhere else. */
import { fileURLToPath } from 'node:url';

export const region = 'us-east-1';
export const account = '111122223333';

/** The folder with package.json. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
