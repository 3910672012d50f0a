/** French: registering from an invitation. */
import type { RegistrationWords } from '../en/registration.ts';
import { words as setUp } from './set-up.ts';

export const words: RegistrationWords = {
  ...setUp,
  phone: {
    ...setUp.phone,
    change: 'Changer le code PIN ou le numéro de secours',
    attempted: (attempt, of) => `Authentification en cours, tentative ${String(attempt)} sur ${String(of)}.`,
  },
  doneTitle: 'Inscription terminée',
  doneText: 'Désormais, vous confirmerez ainsi quand vous vous connecterez. Il n’y a plus rien à faire ici.',

  registration: {
    startTitle: (name) => `Protégez votre compte chez ${name}`,
    startText: (name) => `${name} vous invite à configurer une deuxième preuve que c’est bien vous. Avec elle, personne ne peut se connecter à votre place avec votre seul mot de passe.`,
    needTitle: 'Ayez sous la main',
    needPassword: (name) => `Le mot de passe avec lequel vous vous connectez à ${name}.`,
    needDevice: 'Votre téléphone, ou ce avec quoi vous voulez confirmer.',
    start: 'Commencer',
    startNote: 'Cela prend environ trois minutes. Le lien du courriel sert une fois\u00a0: quand vous appuyez sur Commencer. Vous avez ensuite 30 minutes.',

    passwordTitle: 'Saisissez votre mot de passe',
    passwordText: (name) => `C’est celui avec lequel vous vous connectez à ${name}. ${name} le vérifie\u00a0; rien n’en est conservé ici.`,
    password: 'Mot de passe',
    validate: 'Valider',
    passwordMissing: 'Saisissez d’abord le mot de passe.',
    notAccepted: 'Il n’a pas été accepté. Vérifiez le mot de passe et le verrouillage des majuscules, puis réessayez. Après cinq essais, l’invitation est close.',

    ssoTitle: 'Connectez-vous pour continuer',
    ssoText: (name) => `Vous vous connectez à ${name} par votre organisation. Faites-le maintenant, dans les 30 minutes\u00a0: vous serez ensuite guidé pour le reste.`,
    sso: (name) => `Se connecter à ${name}`,
    ssoLost: 'Connectez-vous maintenant à votre portail, dans les 30 minutes\u00a0: vous serez ensuite guidé pour le reste.',

    phoneTitle: 'Votre téléphone',
    phoneText: (hint) => `Le ${hint} est appelé dès que vous appuyez sur S’inscrire\u00a0: restez près de ce téléphone. Il n’est plus à vous\u00a0? Adressez-vous à votre assistance.`,
    pinTitle: 'Choisissez votre code PIN',
    backup: 'Ajouter un numéro de secours',
    backupText: 'Il est appelé quand personne ne répond au premier\u00a0; une fois maintenant aussi, pour prouver qu’il est à vous. Vous pouvez le laisser vide.',
    backupTitle: 'Maintenant votre numéro de secours',
    backupNext: (hint) => `Votre premier numéro est prouvé. Le ${hint} est appelé ensuite\u00a0: restez près de ce téléphone. Si personne n’y confirme, il n’est pas enregistré.`,
    backupSkip: 'Continuer sans lui',
    register: 'S’inscrire',

    waysTitle: 'Choisissez comment confirmer',

    overTitle: 'Ce lien ne peut plus servir',
    overText: 'Il sert une fois, pendant 24 heures, et une invitation plus récente le remplace.',
    overNextTitle: 'Que faire maintenant',
    overDone: 'Si vous êtes déjà inscrit, connectez-vous simplement. Il n’y a plus rien à faire.',
    overAgain: 'Sinon, regardez s’il y a une invitation plus récente dans votre courrier. À défaut, demandez-en une à votre assistance.',
  },
};
