/** What is wrong with a row of a file, in words. */
import type { UsersWords } from '../../words/en/console-users.ts';
import type { BadRow } from './bulk-rows.ts';

export const faultText = ({ bulk }: UsersWords, { fault, twice }: BadRow): string => (fault === 'twice' ? bulk.faults.twice(twice ?? 0) : bulk.faults[fault]);
