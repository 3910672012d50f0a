/**
 * What our texts say. Each fits one part of the GSM alphabet with a name of thirty letters, which is why the Spanish ones
 * have no ó and the French ones no ê. They say for whom and what for, and nothing of a company's own (P12).
 */

/** What somebody confirms by answering: a sign-in, or that this is the telephone to be added. */
export type TextOccasion = 'sign-in' | 'proof';

export interface TextWords {
  code(name: string, occasion: TextOccasion, code: string): string;
  reply(name: string, occasion: TextOccasion, code: string): string;
  replyWithPin(name: string, occasion: TextOccasion, code: string): string;
  replyWithShown(name: string, occasion: TextOccasion): string;
}

const en: TextWords = (() => {
  const what = { 'sign-in': 'to sign in', proof: 'to add this phone' };
  const end = 'Not you? Reply NO.';
  return {
    code: (name, occasion, code) =>
      `Your ${name} code${occasion === 'proof' ? ' to add this phone' : ''} is ${code}. Never share it. Nobody from ${name} will ask for it.`,
    reply: (name, occasion, code) => `${name}: reply ${code} ${what[occasion]}. ${end}`,
    replyWithPin: (name, occasion, code) => `${name}: reply ${code} followed by your PIN, no spaces, ${what[occasion]}. ${end}`,
    replyWithShown: (name, occasion) => `${name}: reply with the two digits on your screen ${what[occasion]}. ${end}`,
  };
})();

const es: TextWords = (() => {
  const what = { 'sign-in': 'para entrar', proof: 'para registrar este celular' };
  const end = '¿No es usted? Responda NO.';
  return {
    code: (name, occasion, code) =>
      `Su clave de ${name}${occasion === 'proof' ? ' para registrar este celular' : ''} es ${code}. No la comparta con nadie.`,
    reply: (name, occasion, code) => `${name}: responda ${code} ${what[occasion]}. ${end}`,
    replyWithPin: (name, occasion, code) => `${name}: responda ${code} seguido de su PIN, sin espacios, ${what[occasion]}. ${end}`,
    replyWithShown: (name, occasion) => `${name}: responda con las dos cifras de su pantalla ${what[occasion]}. ${end}`,
  };
})();

const fr: TextWords = (() => {
  const what = { 'sign-in': 'pour vous connecter', proof: 'pour ajouter ce téléphone' };
  const end = "Ce n'est pas vous ? Répondez NON.";
  return {
    code: (name, occasion, code) =>
      `Votre code ${name}${occasion === 'proof' ? ' pour ajouter ce téléphone' : ''} est ${code}. Ne le donnez à personne.`,
    reply: (name, occasion, code) => `${name} : répondez ${code} ${what[occasion]}. ${end}`,
    replyWithPin: (name, occasion, code) => `${name} : répondez ${code} suivi de votre PIN, sans espace, ${what[occasion]}. ${end}`,
    replyWithShown: (name, occasion) => `${name} : répondez avec les deux chiffres de votre écran ${what[occasion]}. ${end}`,
  };
})();

export const textWords: Readonly<Record<'en' | 'es' | 'fr', TextWords>> = { en, es, fr };
