/** English: the console's frame, and what all its sections say alike. */
import { frame } from './frame.ts';

export const words = {
  ...frame,
  menu: 'Console',
  sections: {
    users: 'Users',
    policy: 'Policy',
    licenses: 'Licenses and orders',
    tokens: 'Hardware tokens',
    audit: 'Audit trail',
    spend: 'Spend this month',
    portals: 'Portals and keys',
    companies: 'Companies',
    organization: 'Name and brand',
  },
  roles: { member: 'Member', auditor: 'Auditor (reads only)', helpdesk: 'Help desk', administrator: 'Administrator' },
  leave: 'Leave the console',
  endedTitle: 'Your session is over',
  endedText: 'Sessions end after a quarter of an hour without use, and after twelve hours. Open the console again from your portal; what was saved is saved.',
  noSuchPlace: 'There is nothing here',
  toBeginning: 'Back to the beginning',

  organization: 'Organization',
  organizations: 'Organizations',
  organizationId: 'ID',
  changeOrganization: 'Change the organization',
  pickOrganization: 'Pick an organization',
  pickOrganizationText: 'You administer more than one. Everything that follows is about the one you pick; it is always named beside the page.',
  findOrganization: 'Find by name or ID',
  belongsTo: 'Belongs to',
  noOrganization: 'No organization has this name. Change what you typed, or load more.',

  more: 'Show more',
  shown: (count: number, hasMore: boolean) => (hasMore ? `${String(count)} shown; there are more.` : `${String(count)} shown.`),
  nobody: 'None',
  yes: 'Yes',
  no: 'No',
  never: 'Never',
  save: 'Save',
  saved: 'Saved.',
  change: 'Change',
  close: 'Close',
  download: 'Download',
  needsAdministrator: 'Only an administrator can do this.',
  optional: 'May be left empty.',

  reason: 'Reason',
  reasonHint: 'Kept in the audit trail, such as a ticket number. No secrets.',
  reasonMissing: 'Say why: the audit trail keeps it.',
  fieldRefused: 'This was not accepted. Check it, then try again.',

  proof: {
    title: 'Confirm that it is you',
    text: 'This changes how somebody signs in, or what protects them. Confirm it as you confirm a sign-in; it then holds for five minutes.',
    refusedTitle: 'It was not confirmed',
    refusedText: 'Nothing was changed. Wait a moment, then try again; if it happens again, ask your support.',
  },

  /** By the names of problems. What is not here is said as on every page. */
  refusals: {
    'not-confirmed': 'Nothing was changed: it was not confirmed that it is you.',
    'proof-required': 'That way to confirm is not strong enough for this. Confirm with the strongest one that you have.',
    'not-permitted': 'You may not do this. Ask an administrator.',
    'not-found': 'It is not there any more, or it is not yours to see.',
    'version-mismatch': 'Somebody else has changed this since you opened it. Nothing of yours was saved, and nothing of theirs was lost.',
    'request-invalid': 'Something in it was not accepted. Check what you typed.',
    'policy-forbids': 'The policy of the organization does not allow this.',
    'no-license': 'No license is free. Order more under “Licenses and orders”.',
    'factor-exists': 'This user confirms already. Reset the user first.',
    'email-unusable': 'Mail to this user comes back. Correct the address first.',
    'user-suspended': 'This user is suspended. Resume the user first.',
    'user-locked': 'This user is locked. Unlock the user first.',
    'organization-conflict': 'Somebody else is changing the organization. Try again in a moment.',
    'content-too-large': 'That is too long. Make it shorter.',
    unavailable: 'This cannot be decided right now. Try again in a moment.',
  } as Readonly<Record<string, string>>,
};

export type ConsoleWords = typeof words;
