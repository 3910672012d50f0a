/** English: the console's section of spend. */
export const words = {
  title: 'Spend this month',
  titleOf: (month: string, organization: string) => `Spend of ${organization} in ${month}`,
  intro: 'What calls, texts, mails and pushes have cost, by list prices: carrier, workflow and our own part. Licenses are not in it.',
  month: 'Month',
  kind: 'Kind',
  kinds: { call: 'Calls', text: 'Texts', mail: 'Mails', push: 'Pushes to the app' },
  count: 'How many',
  cost: 'Cost',
  total: 'Altogether',
  pricesAsOf: (day: string) => `List prices of ${day}. Months are those of UTC.`,
  limit: (most: string) => `At most ${most} calls and texts a day are allowed by the policy.`,
  toPolicy: 'Change that in the policy',
};

export type SpendWords = typeof words;
