/** Spanish: the ways to confirm, wherever they are named. */
import type { WaysWords } from '../en/ways.ts';

export const ways: WaysWords = {
  totp: 'Aplicación de autenticación',
  totpWhat: 'Escriba las seis cifras que muestra ahora la aplicación.',
  call: (hint) => `Llamar al ${hint}`.trim(),
  callWhat: 'Suena el teléfono. Pulse # para confirmar.',
  callPinWhat: 'Suena el teléfono. Marque su PIN y después #.',
  callMatchWhat: 'Suena el teléfono. Marque el número que muestra esta página y después #.',
  other: 'Otra forma',
  passkey: 'Llave de acceso',
  passkeyWhat: 'Su ordenador, su teléfono o una llave de seguridad confirma que es usted.',
};
