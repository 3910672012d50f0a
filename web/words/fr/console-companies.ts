/** English: the console's section of companies. */
export const words = {
  title: 'Companies',
  titleOf: (organization: string) => `Companies of ${organization}`,
  intro: 'You administer each of them as you do your own organization. Choose one to see its users, policy and everything else.',
  find: 'Find by name or ID',
  name: 'Company',
  organizationId: 'ID',
  created: 'Added',
  none: 'There are no companies yet.',
  noneFound: 'No company has this name. Change what you typed, or load more.',

  add: 'Add a company',
  addText: 'Its portal names the company by the ID. The first user that is added to it becomes its administrator.',
  nameField: 'Name',
  nameHint: 'People see it on every page, in mails and in calls.',
  nameMissing: 'Type the name of the company.',
  idField: 'ID',
  idHint: 'As the portal names the company. It cannot be changed later.',
  idMissing: 'Type the ID.',
  idTaken: 'There is an organization by this ID already.',
  enforce: 'Enforce confirmation for local users',
  enforceText: 'Everybody with a password of the portal must confirm from the first sign-in on. The company sees that, and cannot turn it off; you can, under its policy.',
  supportName: 'Support: name',
  supportNameHint: 'Such as “Help desk”. People find it at the foot of every page. May be left empty.',
  supportUrl: 'Support: address',
  supportUrlHint: 'An https address.',
  supportWrong: 'Give both, the name and an https address, or neither.',
  added: (name: string) => `${name} was added.`,
};

export type CompaniesWords = typeof words;
