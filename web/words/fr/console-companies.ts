/** French: the console's section of companies. */
import type { CompaniesWords } from '../en/console-companies.ts';

export const words: CompaniesWords = {
  title: 'Entreprises',
  titleOf: (organization) => `Entreprises de ${organization}`,
  intro: 'Vous administrez chacune comme votre propre organisation. Choisissez-en une pour voir ses utilisateurs, ses règles et tout le reste.',
  find: 'Chercher par nom ou identifiant',
  name: 'Entreprise',
  organizationId: 'Identifiant',
  created: 'Ajoutée',
  none: 'Il n’y a pas encore d’entreprises.',
  noneFound: 'Aucune entreprise ne porte ce nom. Changez la saisie, ou chargez la suite.',

  add: 'Ajouter une entreprise',
  addText: 'Son portail nomme l’entreprise par l’identifiant. Le premier utilisateur ajouté en devient l’administrateur.',
  nameField: 'Nom',
  nameHint: 'On le voit sur chaque page, dans les courriels et les appels.',
  nameMissing: 'Saisissez le nom de l’entreprise.',
  idField: 'Identifiant',
  idHint: 'Comme le portail nomme l’entreprise. On ne peut pas le changer ensuite.',
  idMissing: 'Saisissez l’identifiant.',
  idTaken: 'Il y a déjà une organisation de cet identifiant.',
  enforce: 'Imposer la confirmation aux utilisateurs locaux',
  enforceText: 'Qui a un mot de passe du portail doit confirmer dès la première connexion. L’entreprise le voit, et ne peut pas l’éteindre ; vous le pouvez, dans ses règles.',
  supportName: 'Aide : nom',
  supportNameHint: 'Comme « Assistance ». Au bas de chaque page. Peut rester vide.',
  supportUrl: 'Aide : adresse',
  supportUrlHint: 'Une adresse https.',
  supportWrong: 'Donnez les deux, le nom et une adresse https, ou aucun.',
  added: (name) => `${name} a été ajoutée.`,
};
