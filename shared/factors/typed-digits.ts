/** What people mean when they type digits: spaces, hyphens and full-width forms are theirs, not a mistake. */
export const typedDigits = (answer: string): string => answer.normalize('NFKC').replace(/[\s\u2010-\u2015-]/g, '');
